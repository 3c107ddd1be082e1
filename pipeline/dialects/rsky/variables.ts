import { atMost, toLanes, toRelay, toRelays } from '#pipeline/dialects/variables/transformations.ts'
import { honoured, notHonoured, type SystemVariables } from '#pipeline/dialects/variables/variable.ts'

const OWN_COMMAND =
  'each mode is a command of its own: ingest, ingest --labels, ingest --repos, index, backfill'
const SEVERAL = 'several take over from each other; --relay-mode merge hears them all at once'
const ONE_LISTS = 'the first host only: one relay lists all repos'
const AT_MOST_1000 = {
  toOurs: atMost(1_000),
  says: 'at most 1000: one call must not block Redis for long',
}
const RETRIES = 'waits between tries double by themselves, up to a limit'

export const RSKY_VARIABLES: SystemVariables = {
  known: [
    honoured('any', 'REDIS_URL', 'redis-url'),
    honoured('backfill', 'BACKFILLER_METRICS_PORT', 'metrics-port'),
    honoured('any', 'METRICS_PORT', 'metrics-port'),
    honoured('ingest', 'INGESTER_RELAY_HOSTS', 'relay', { toOurs: toRelays, says: SEVERAL }),
    honoured('ingest', 'INGESTER_HIGH_WATER_MARK', 'high-water'),
    honoured('ingest', 'INGESTER_BATCH_SIZE', 'batch-entries', AT_MOST_1000),
    notHonoured('ingest', 'INGESTER_BATCH_TIMEOUT_MS', 'an event never waits longer than 4 ms for company'),
    notHonoured('ingest', 'INGESTER_LABELER_HOSTS', 'labels are a process of their own: ingest --labels'),
    honoured('labels', 'INGESTER_LABELER_HOSTS', 'labels', { toOurs: toRelays }),
    honoured('labels', 'INGESTER_HIGH_WATER_MARK', 'high-water'),
    honoured('labels', 'INGESTER_BATCH_SIZE', 'batch-entries', AT_MOST_1000),
    notHonoured('ingest', 'INGESTER_MODE', OWN_COMMAND),
    honoured('repos', 'INGESTER_RELAY_HOSTS', 'relay', { toOurs: toRelay, says: ONE_LISTS }),
    honoured('repos', 'INGESTER_HIGH_WATER_MARK', 'repo-high-water'),
    honoured('index', 'DATABASE_URL', 'database'),
    honoured('index', 'INDEXER_STREAMS', 'stream'),
    honoured('index', 'INDEXER_GROUP', 'group'),
    honoured('index', 'INDEXER_CONSUMER', 'consumer'),
    honoured('index', 'INDEXER_CONCURRENCY', 'lanes', {
      toOurs: toLanes,
      says: 'at most 16: a lane takes a batch at a time, not a message',
    }),
    honoured('index', 'INDEXER_BATCH_SIZE', 'read-count'),
    notHonoured('index', 'INDEXER_MODE', OWN_COMMAND),
    notHonoured('index', 'DB_POOL_MAX_SIZE', 'there is one connection per lane'),
    notHonoured('index', 'DB_POOL_MIN_IDLE', 'there is one connection per lane'),
    notHonoured('index', 'ENABLE_DID_RESOLUTION', 'handles come from identity events, none is looked up'),
    honoured('backfill', 'PLC_URL', 'plc-url'),
    honoured('backfill', 'BACKFILLER_CONSUMER', 'backfiller'),
    honoured('backfill', 'BACKFILLER_BACKFILL_STREAM', 'repo-stream'),
    honoured('backfill', 'BACKFILLER_FIREHOSE_STREAM', 'backfill-stream'),
    notHonoured('backfill', 'BACKFILLER_DLQ_STREAM', 'dead letters go to repo_backfill_dlq'),
    honoured('backfill', 'BACKFILLER_GROUP', 'repo-group'),
    honoured('backfill', 'BACKFILLER_CONCURRENCY', 'repo-concurrency'),
    notHonoured('backfill', 'BACKFILLER_BATCH_SIZE', 'no more repos are read than are fetched side by side'),
    honoured('backfill', 'BACKFILLER_FIREHOSE_STREAM_HIGH_WATER_MARK', 'high-water'),
    notHonoured('backfill', 'BACKFILLER_HTTP_TIMEOUT_SECS', 'a download may take as long as it moves'),
    honoured('backfill', 'BACKFILLER_MAX_RETRIES', 'fetch-attempts'),
    notHonoured('backfill', 'BACKFILLER_RETRY_INITIAL_BACKOFF_MS', RETRIES),
    notHonoured('backfill', 'BACKFILLER_RETRY_MAX_BACKOFF_MS', RETRIES),
    honoured('backfill', 'BACKFILLER_SKIP_SIGNATURE_VERIFICATION', 'verify-repos', {
      toOurs: (text) => (/^(true|1)$/i.test(text) ? 'cid' : 'signature'),
    }),
  ],
  prefixes: [
    { prefix: 'INGESTER_', part: 'ingest' },
    { prefix: 'INGESTER_', part: 'labels' },
    { prefix: 'INDEXER_', part: 'index' },
    { prefix: 'BACKFILLER_', part: 'backfill' },
  ],
}
