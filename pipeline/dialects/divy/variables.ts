import { toLanes, toRedisUrl, toRelay, toRelays } from '#pipeline/dialects/variables/transformations.ts'
import { honoured, notHonoured, type SystemVariables } from '#pipeline/dialects/variables/variable.ts'

const SEVERAL = 'several take over from each other; --relay-mode merge hears them all at once'
const ONE_LISTS = 'the first host only: one relay lists all repos'
const OWN_PROCESS = 'labels are a process of their own: ingest --labels'

export const DIVY_VARIABLES: SystemVariables = {
  known: [
    honoured('any', 'REDIS_HOST', 'redis-url', { toOurs: toRedisUrl }),
    honoured('any', 'METRICS_PORT', 'metrics-port'),
    honoured('ingest', 'INGESTER_HOSTS', 'relay', { toOurs: toRelays, says: SEVERAL }),
    honoured('ingest', 'INGESTER_FIREHOSE_STREAM', 'stream'),
    honoured('ingest', 'INGESTER_FIREHOSE_STREAM_HIGH_WATER_MARK', 'high-water'),
    notHonoured('ingest', 'INGESTER_LABELER_HOSTS', OWN_PROCESS),
    notHonoured('ingest', 'INGESTER_LABEL_STREAM', OWN_PROCESS),
    notHonoured('ingest', 'INGESTER_LABEL_STREAM_HIGH_WATER_MARK', OWN_PROCESS),
    honoured('labels', 'INGESTER_LABELER_HOSTS', 'labels', { toOurs: toRelays }),
    honoured('labels', 'INGESTER_LABEL_STREAM', 'stream'),
    honoured('labels', 'INGESTER_LABEL_STREAM_HIGH_WATER_MARK', 'high-water'),
    honoured('repos', 'INGESTER_HOSTS', 'relay', { toOurs: toRelay, says: ONE_LISTS }),
    honoured('repos', 'INGESTER_REPO_STREAM', 'repo-stream'),
    honoured('repos', 'INGESTER_REPO_STREAM_HIGH_WATER_MARK', 'repo-high-water'),
    honoured('index', 'INDEXER_CONCURRENCY', 'lanes', {
      toOurs: toLanes,
      says: 'at most 16: a lane takes a batch at a time, not a message',
    }),
    honoured('index', 'INDEXER_LABEL_STREAM', 'label-stream'),
    honoured('index', 'INDEXER_LABEL_GROUP', 'label-group'),
    honoured('index', 'DB_POSTGRES_URL', 'database'),
    honoured('backfill', 'BACKFILLER_CONCURRENCY', 'repo-concurrency'),
  ],
  prefixes: [
    { prefix: 'INGESTER_', part: 'ingest' },
    { prefix: 'INGESTER_', part: 'labels' },
    { prefix: 'INDEXER_', part: 'index' },
    { prefix: 'BACKFILLER_', part: 'backfill' },
  ],
}
