import { describe, expect, test } from 'vitest'
import { SETTINGS } from '#kernel/config/settings.ts'
import { DIALECTS } from '#pipeline/dialects/dialects.ts'
import { atMost, toLogLevel, toRedisUrl, toRelay, toRelays } from './transformations.ts'

/** The variables that the three systems document, as an operator would have them set. */
const DOCUMENTED = {
  divy: `INGESTER_HOSTS INGESTER_LABELER_HOSTS INGESTER_FIREHOSE_STREAM INGESTER_LABEL_STREAM INGESTER_REPO_STREAM
    INGESTER_FIREHOSE_STREAM_HIGH_WATER_MARK INGESTER_LABEL_STREAM_HIGH_WATER_MARK
    INGESTER_REPO_STREAM_HIGH_WATER_MARK REDIS_HOST METRICS_PORT INDEXER_LABEL_STREAM INDEXER_LABEL_GROUP
    INDEXER_CONCURRENCY BACKFILLER_CONCURRENCY DB_POSTGRES_URL`,
  rsky: `REDIS_URL INGESTER_RELAY_HOSTS INGESTER_LABELER_HOSTS INGESTER_HIGH_WATER_MARK INGESTER_BATCH_SIZE
    INGESTER_BATCH_TIMEOUT_MS INGESTER_MODE METRICS_PORT DATABASE_URL INDEXER_STREAMS INDEXER_GROUP INDEXER_CONSUMER
    INDEXER_CONCURRENCY INDEXER_BATCH_SIZE INDEXER_MODE DB_POOL_MAX_SIZE DB_POOL_MIN_IDLE ENABLE_DID_RESOLUTION
    PLC_URL BACKFILLER_CONSUMER BACKFILLER_BACKFILL_STREAM BACKFILLER_FIREHOSE_STREAM BACKFILLER_DLQ_STREAM
    BACKFILLER_GROUP BACKFILLER_CONCURRENCY BACKFILLER_BATCH_SIZE BACKFILLER_FIREHOSE_STREAM_HIGH_WATER_MARK
    BACKFILLER_HTTP_TIMEOUT_SECS BACKFILLER_MAX_RETRIES BACKFILLER_RETRY_INITIAL_BACKOFF_MS
    BACKFILLER_RETRY_MAX_BACKOFF_MS BACKFILLER_METRICS_PORT BACKFILLER_SKIP_SIGNATURE_VERIFICATION`,
  publicappview: `RELAY_URL REDIS_URL REDIS_STREAM_KEY REDIS_CURSOR_KEY REDIS_MAX_STREAM_LEN LOG_LEVEL DATABASE_URL
    REDIS_MAX_DELIVERIES REDIS_DEAD_LETTER_MAXLEN MAX_CONCURRENT_OPS FIREHOSE_ENABLED TYPESCRIPT_WORKERS_ENABLED
    PM2_INSTANCES REDIS_CONSUMER_GROUP CONSUMER_ID DB_POOL_SIZE BATCH_SIZE PARALLEL_CONSUMERS`,
}

describe.each(Object.values(DIALECTS))('$name', ({ name, variables }) => {
  test('every variable that the system documents is honoured, or it is said why not', () => {
    const known = new Set(variables.known.map((variable) => variable.name))
    expect(DOCUMENTED[name].split(/\s+/).filter((variable) => !known.has(variable))).toEqual([])
    expect(variables.known.filter(({ sets, says }) => sets === null && says === null)).toEqual([])
  })

  test('every variable that is honoured sets something there is', () => {
    const settings = variables.known.flatMap(({ sets }) => sets ?? [])
    expect(settings.filter((setting) => !(setting in SETTINGS))).toEqual([])
  })
})

test.each([
  ['bsky.network', 'wss://bsky.network'],
  ['https://relay1.us-east.bsky.network/', 'wss://relay1.us-east.bsky.network'],
  ['ws://127.0.0.1:2470', 'ws://127.0.0.1:2470'],
  ['http://127.0.0.1:2470', 'ws://127.0.0.1:2470'],
  [' a.example , b.example', 'wss://a.example'],
])('the host "%s" is subscribed to at %s', (hosts, relay) => {
  expect(toRelay(hosts)).toBe(relay)
})

test('of several hosts each is subscribed to, once', () => {
  expect(toRelays(' a.example, http://b.example:1/ ,,https://a.example')).toBe(
    'wss://a.example,ws://b.example:1',
  )
})

test('values that mean the same are written our way', () => {
  expect(toRedisUrl('localhost:6379')).toBe('redis://localhost:6379')
  expect(toRedisUrl('rediss://localhost')).toBe('rediss://localhost')
  expect(toLogLevel('WARNING')).toBe('warn')
  expect(toLogLevel('INFO')).toBe('info')
  expect(atMost(1_000)('5000')).toBe('1000')
  expect(atMost(1_000)('500')).toBe('500')
  expect(atMost(1_000)('many')).toBe('many')
})
