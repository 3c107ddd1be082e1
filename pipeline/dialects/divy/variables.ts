import { toLanes, toRedisUrl, toRelay } from '#pipeline/dialects/variables/transformations.ts'
import { honoured, notHonoured, type SystemVariables } from '#pipeline/dialects/variables/variable.ts'

const ONE_RELAY = 'the first host only: every relay carries all events'
const NO_LABELS = 'labels are not ingested by this command'

export const DIVY_VARIABLES: SystemVariables = {
  known: [
    honoured('any', 'REDIS_HOST', 'redis-url', { toOurs: toRedisUrl }),
    honoured('any', 'METRICS_PORT', 'metrics-port'),
    honoured('ingest', 'INGESTER_HOSTS', 'relay', { toOurs: toRelay, says: ONE_RELAY }),
    honoured('ingest', 'INGESTER_FIREHOSE_STREAM', 'stream'),
    honoured('ingest', 'INGESTER_FIREHOSE_STREAM_HIGH_WATER_MARK', 'high-water'),
    notHonoured('ingest', 'INGESTER_LABELER_HOSTS', NO_LABELS),
    notHonoured('ingest', 'INGESTER_LABEL_STREAM', NO_LABELS),
    notHonoured('ingest', 'INGESTER_LABEL_STREAM_HIGH_WATER_MARK', NO_LABELS),
    honoured('repos', 'INGESTER_HOSTS', 'relay', { toOurs: toRelay, says: ONE_RELAY }),
    honoured('repos', 'INGESTER_REPO_STREAM', 'repo-stream'),
    honoured('repos', 'INGESTER_REPO_STREAM_HIGH_WATER_MARK', 'repo-high-water'),
    honoured('index', 'INDEXER_CONCURRENCY', 'lanes', {
      toOurs: toLanes,
      says: 'at most 16: a lane takes a batch at a time, not a message',
    }),
    notHonoured('index', 'INDEXER_LABEL_STREAM', 'name it in --stream and --group beside the live one'),
    notHonoured('index', 'INDEXER_LABEL_GROUP', 'name it in --stream and --group beside the live one'),
    honoured('index', 'DB_POSTGRES_URL', 'database'),
    honoured('backfill', 'BACKFILLER_CONCURRENCY', 'repo-concurrency'),
  ],
  prefixes: [
    { prefix: 'INGESTER_', part: 'ingest' },
    { prefix: 'INDEXER_', part: 'index' },
    { prefix: 'BACKFILLER_', part: 'backfill' },
  ],
}
