import { expect, test } from 'vitest'
import yargs from 'yargs'
import { withDialect } from './with-dialect.ts'

const NAMES = [
  'redis-url',
  'stream',
  'group',
  'database',
  'lanes',
  'high-water',
  'cursor-key',
  'relay',
  'labels',
] as const

const read = (part: 'index' | 'ingest' | 'labels', argv: string[], env: Record<string, string> = {}) =>
  withDialect(
    yargs()
      .exitProcess(false)
      .fail((message, error) => {
        throw error ?? new Error(message)
      }),
    part,
    NAMES,
    env,
  ).parseSync(argv)

const RSKY = ['--dialect', 'rsky']

test('a flag wins over our variable, which wins over the dialect’s, which wins over the default', () => {
  const theirs = { INDEXER_GROUP: 'theirs' }
  const ours = { ...theirs, STANDPIPE_GROUP: 'ours' }
  expect(read('index', RSKY).group).toBe('firehose_group')
  expect(read('index', RSKY, theirs).group).toBe('theirs')
  expect(read('index', RSKY, ours).group).toBe('ours')
  expect(read('index', [...RSKY, '--group', 'flagged'], ours).group).toBe('flagged')
})

test('a flag that repeats the default still wins', () => {
  const { group } = read('index', [...RSKY, '--group', 'firehose_group'], { INDEXER_GROUP: 'theirs' })
  expect(group).toBe('firehose_group')
})

test('the dialect may be chosen by our variable, and no variable of another system counts without it', () => {
  const env = { INDEXER_GROUP: 'theirs' }
  expect(read('index', [], { ...env, STANDPIPE_DIALECT: 'rsky' }).group).toBe('theirs')
  expect(read('index', [], env)).toMatchObject({ group: 'firehose_group', dialect: 'divy' })
})

test('a dialect has its own names for what nobody named', () => {
  expect(read('index', ['--dialect', 'publicappview'])).toMatchObject({
    stream: 'firehose:events',
    group: 'firehose-processors',
  })
})

test('each variable of theirs is told once, by name, and never by value', () => {
  const { dialectRemarks } = read('index', [...RSKY, '--group', 'mine'], {
    REDIS_URL: 'redis://user:hidden@127.0.0.1',
    DATABASE_URL: 'postgres://user:hidden@127.0.0.1/x',
    INDEXER_GROUP: 'theirs',
    INDEXER_MODE: 'all',
    INDEXER_SPELT_WRONG: '1',
    INGESTER_MODE: 'all',
    PATH: '/bin',
  })
  expect(dialectRemarks).toEqual([
    'rsky: REDIS_URL is honoured as --redis-url',
    'rsky: DATABASE_URL is honoured as --database',
    'rsky: INDEXER_GROUP is overruled by --group or STANDPIPE_GROUP',
    expect.stringMatching(/^rsky: INDEXER_MODE is not honoured: each mode is a command/),
    'rsky: INDEXER_SPELT_WRONG is not honoured: nobody here knows it',
  ])
  expect(dialectRemarks.join()).not.toContain('hidden')
})

test('a wrong value is refused by the name it came under, a secret one without being shown', () => {
  expect(() => read('ingest', RSKY, { INGESTER_HIGH_WATER_MARK: 'many' })).toThrow(
    'INGESTER_HIGH_WATER_MARK "many": expected a whole number',
  )
})

test.each([
  {
    dialect: 'divy',
    part: 'ingest',
    env: {
      INGESTER_HOSTS: 'relay.example,other.example',
      INGESTER_FIREHOSE_STREAM: 'live',
      INGESTER_FIREHOSE_STREAM_HIGH_WATER_MARK: '7',
      REDIS_HOST: '10.0.0.1:6380',
    },
    settings: {
      relay: 'wss://relay.example,wss://other.example',
      stream: 'live',
      highWater: 7,
      redisUrl: 'redis://10.0.0.1:6380',
    },
  },
  {
    dialect: 'divy',
    part: 'index',
    env: { DB_POSTGRES_URL: 'postgres://db/x', INDEXER_CONCURRENCY: '10' },
    settings: { database: 'postgres://db/x', lanes: 10 },
  },
  {
    dialect: 'rsky',
    part: 'ingest',
    env: { INGESTER_RELAY_HOSTS: 'https://relay1.example/', INGESTER_HIGH_WATER_MARK: '100000000' },
    settings: { relay: 'wss://relay1.example', highWater: 100_000_000 },
  },
  {
    dialect: 'rsky',
    part: 'labels',
    env: {
      INGESTER_RELAY_HOSTS: 'relay.example',
      INGESTER_LABELER_HOSTS: 'mod.example,https://other.example',
      INGESTER_HIGH_WATER_MARK: '9',
    },
    settings: { labels: 'wss://mod.example,wss://other.example', highWater: 9 },
  },
  {
    dialect: 'divy',
    part: 'labels',
    env: { INGESTER_LABELER_HOSTS: 'mod.example', INGESTER_LABEL_STREAM: 'l', INGESTER_FIREHOSE_STREAM: 'f' },
    settings: { labels: 'wss://mod.example', stream: 'l' },
  },
  {
    dialect: 'rsky',
    part: 'index',
    env: {
      REDIS_URL: 'redis://r',
      DATABASE_URL: 'postgres://db/y',
      INDEXER_STREAMS: 'firehose_live,firehose_backfill',
      INDEXER_CONCURRENCY: '100',
    },
    settings: {
      redisUrl: 'redis://r',
      database: 'postgres://db/y',
      stream: 'firehose_live,firehose_backfill',
      lanes: 16,
    },
  },
  {
    dialect: 'publicappview',
    part: 'ingest',
    env: {
      RELAY_URL: 'wss://bsky.network',
      REDIS_STREAM_KEY: 'events',
      REDIS_CURSOR_KEY: 'cursor',
      REDIS_MAX_STREAM_LEN: '500000',
    },
    settings: { relay: 'wss://bsky.network', stream: 'events', cursorKey: 'cursor', highWater: 500_000 },
  },
] as const)('$dialect: what $part is told by its old variables', ({ dialect, part, env, settings }) => {
  expect(read(part, ['--dialect', dialect], env)).toMatchObject(settings)
})

test('a flag without a value leaves it to the system, and the part may follow from it', () => {
  const parse = (...argv: string[]) =>
    withDialect(
      yargs().exitProcess(false),
      ({ labels }) => (labels === undefined ? 'ingest' : 'labels'),
      NAMES,
      { INGESTER_LABELER_HOSTS: 'mod.example', INGESTER_RELAY_HOSTS: 'relay.example' },
    ).parseSync([...RSKY, ...argv])
  expect(parse('--labels')).toMatchObject({ labels: 'wss://mod.example', relay: 'wss://bsky.network' })
  expect(parse('--labels', 'ws://mine.example').labels).toBe('ws://mine.example')
  expect(parse().labels).toBeUndefined()
  expect(parse().relay).toBe('wss://relay.example')
})
