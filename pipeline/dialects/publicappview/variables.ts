import { toLanes, toLogLevel, toRelay } from '#pipeline/dialects/variables/transformations.ts'
import { honoured, notHonoured, type SystemVariables } from '#pipeline/dialects/variables/variable.ts'

const OWN_COMMAND = 'a part runs when its command is started: ingest, index'

export const PUBLICAPPVIEW_VARIABLES: SystemVariables = {
  known: [
    honoured('any', 'REDIS_URL', 'redis-url'),
    honoured('any', 'REDIS_STREAM_KEY', 'stream'),
    honoured('any', 'LOG_LEVEL', 'log-level', { toOurs: toLogLevel }),
    honoured('ingest', 'RELAY_URL', 'relay', { toOurs: toRelay }),
    honoured('ingest', 'REDIS_CURSOR_KEY', 'cursor-key'),
    honoured('ingest', 'REDIS_MAX_STREAM_LEN', 'high-water', {
      says: 'the socket pauses there and nothing is removed; --lossy-max-length removes what nobody has read',
    }),
    notHonoured('ingest', 'FIREHOSE_ENABLED', OWN_COMMAND),
    honoured('index', 'DATABASE_URL', 'database'),
    honoured('index', 'REDIS_CONSUMER_GROUP', 'group'),
    honoured('index', 'CONSUMER_ID', 'consumer'),
    honoured('index', 'BATCH_SIZE', 'read-count'),
    honoured('index', 'PARALLEL_CONSUMERS', 'lanes', { toOurs: toLanes }),
    honoured('index', 'REDIS_MAX_DELIVERIES', 'max-failures', {
      says: 'refusals of the sink are counted, deliveries are not',
    }),
    notHonoured(
      'index',
      'REDIS_DEAD_LETTER_MAXLEN',
      'dead letters are never trimmed in silence; dead-letters purge does it',
    ),
    notHonoured('index', 'DB_POOL_SIZE', 'there is one connection per lane'),
    notHonoured('index', 'MAX_CONCURRENT_OPS', 'lanes bound what is worked on at once'),
    notHonoured('index', 'TYPESCRIPT_WORKERS_ENABLED', OWN_COMMAND),
    notHonoured('index', 'PM2_INSTANCES', 'start as many indexers, each with its own --consumer'),
  ],
  prefixes: [
    { prefix: 'REDIS_', part: 'any' },
    { prefix: 'FIREHOSE_', part: 'ingest' },
  ],
}
