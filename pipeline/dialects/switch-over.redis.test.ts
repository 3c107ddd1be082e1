import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { cursorKey, deadLetterStream, rejectedFramesStream } from '#pipeline/contract.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { startIngester } from '#pipeline/ingest/start-ingester.ts'
import { trimAlong } from '#pipeline/ingest/trim-along.ts'
import { postgresSink } from '#pipeline/sinks/postgres/postgres-sink.ts'
import { aCommitFrame, anAccountFrame, anIdentityFrame, aPost } from '#test/support/firehose-frames.ts'
import { effects, test } from '#test/support/indexing.ts'
import { type Happening, someHappenings } from '#test/support/old-systems/happening.ts'
import { OLD_CONSUMERS } from '#test/support/old-systems/old-consumers.ts'
import { OLD_PRODUCERS } from '#test/support/old-systems/old-producers.ts'
import { type ScriptedRelay, startScriptedRelay } from '#test/support/scripted-relay.ts'
import { aCreateEvent, aDeleteEvent } from '#test/support/stream-events.ts'
import type { Dialect } from './dialect.ts'
import { DIALECTS } from './dialects.ts'

const { divy, rsky, publicappview } = DIALECTS
const within = seconds(10)
const log = createLog({ name: 'ingest', level: 'silent' })

const ingest = (
  redisUrl: string,
  relay: ScriptedRelay,
  dialect: Dialect,
  more: Partial<IngesterOptions> = {},
) =>
  startIngester({
    relay: relay.url,
    redisUrl,
    stream: dialect.streams.live,
    dialect,
    start: 'oldest',
    collections: ['app.bsky.*', 'chat.bsky.*'],
    highWater: 100_000,
    batchEntries: 10,
    inFlightBytes: 1_000_000,
    log,
    ...more,
    tuning: { reconnect: { base: 10, cap: 50 }, retry: { base: 5, cap: 50 } },
  })

const pendingIn = async (redis: Redis, { streams, groups }: Dialect) =>
  ((await redis.xpending(streams.live, groups.live)) as [number])[0]

const sinkOf = (database: Parameters<typeof postgresSink>[0], { streams, groups }: Dialect) =>
  postgresSink(database, { stream: streams.live, group: groups.live, lanes: null, recordEffects: true })

/** What is to be known of every account of which anything but its records was said. */
function expectedActors(happenings: readonly Happening[], { lacks }: Dialect) {
  const actors = new Map<string, { handle: string | null; active: boolean | null }>()
  for (const happening of happenings) {
    if (happening.kind === 'commit') continue
    const known = actors.get(happening.did) ?? { handle: null, active: null }
    if (happening.kind === 'account') known.active = happening.active
    else known.handle = happening.handle ?? known.handle
    actors.set(happening.did, known)
  }
  const status = lacks.some(({ field }) => field === 'status') ? null : 'deactivated'
  return [...actors]
    .map(([did, known]) => ({ did, ...known, status: known.active === false ? status : null }))
    .toSorted((one, other) => (one.did < other.did ? -1 : 1))
}

describe.each(Object.values(DIALECTS))('an old $name producer with our indexer', (dialect) => {
  test('nothing is lost, not what a dead old consumer held either', async ({ redis, database, index }) => {
    const happenings = someHappenings(200)
    await OLD_PRODUCERS[dialect.name](redis, happenings.slice(0, 120))
    await redis.xgroup('CREATE', dialect.streams.live, dialect.groups.live, '0')
    const held = [
      'GROUP',
      dialect.groups.live,
      'the-dead-one',
      'COUNT',
      '40',
      'STREAMS',
      dialect.streams.live,
      '>',
    ]
    await redis.call('XREADGROUP', ...held)

    const sink = await sinkOf(database, dialect)
    await using indexing = await index({ dialect, sink, claimIdle: seconds(0.2) })
    await OLD_PRODUCERS[dialect.name](redis, happenings.slice(120))
    const lag = async () => {
      const [group] = (await redis.xinfo('GROUPS', dialect.streams.live)) as unknown[][]
      return (group?.[group.indexOf('lag') + 1] as number) + (await pendingIn(redis, dialect))
    }
    await until(async () => (await lag()) === 0, { within, what: 'everything settled' })
    await indexing.stop()

    expect(await redis.exists(deadLetterStream(dialect.streams.live))).toBe(0)
    const changes = happenings.flatMap((one) =>
      one.kind === 'commit'
        ? one.ops.map(({ action, path }) => `${one.seq} ${action} ${path.split('/')[1]}`)
        : [],
    )
    const { rows } = await database.query<{ seq: number; action: string; rkey: string }>(
      'SELECT seq, action, rkey FROM effect WHERE rkey IS NOT NULL',
    )
    expect(rows.map(({ seq, action, rkey }) => `${seq} ${action} ${rkey}`).toSorted()).toEqual(
      changes.toSorted(),
    )
    const actors = await database.query('SELECT did, handle, active, status FROM actor ORDER BY did')
    expect(actors.rows).toEqual(expectedActors(happenings, dialect))
  })
})

test('control: what is written in another dialect is kept as dead letters, not passed over', async ({
  redis,
  database,
  index,
}) => {
  await OLD_PRODUCERS.publicappview(redis, someHappenings(5))
  const confused = { ...divy, streams: publicappview.streams, groups: publicappview.groups }
  await using _indexing = await index({ dialect: confused, sink: await sinkOf(database, publicappview) })
  await until(async () => (await redis.xlen(deadLetterStream('firehose:events'))) === 5, {
    within,
    what: '5 dead letters',
  })
  expect(await effects(database)).toEqual([])
})

describe.each(Object.values(DIALECTS))('our ingester with an old $name consumer', (dialect) => {
  const { name } = dialect
  const stream = dialect.streams.live
  const rest = (seq: number) => `${seq} did:plc:abcdefghijklmnopqrstuvwx`

  test('it reads everything, goes on from the old cursor, and finds its cursor again', async ({
    server,
    redis,
  }) => {
    await using relay = await startScriptedRelay()
    const commit = (seq: number) => ({
      seq,
      bytes: aCommitFrame(seq, [{}, { action: 'delete', path: 'app.bsky.feed.like/gone' }]),
    })
    relay.say(...Array.from({ length: 60 }, (_, at) => commit(at + 1)))
    relay.say({ seq: 61, bytes: anIdentityFrame(61, 'alice.test') })
    relay.say({ seq: 62, bytes: anIdentityFrame(62) })
    relay.say({ seq: 63, bytes: anAccountFrame(63, false, 'deactivated') })
    const host = relay.url.replace('ws://', '')
    const old = {
      divy: `${stream}:cursor:${host}`,
      rsky: `${stream}:cursor:https://${host}`,
      publicappview: 'firehose:python_cursor',
    }[name]
    await redis.set(old, '20')

    const ours = await ingest(server.url, relay, dialect)
    await until(async () => (await redis.get(cursorKey(stream, relay.url))) === '63', {
      within,
      what: 'cursor 63',
    })
    await ours.stop()

    const from = Math.max(0, 20 - dialect.cursorRewind)
    expect(relay.cursors).toEqual([from])
    const lines: string[] = []
    for (let more = await OLD_CONSUMERS[name](redis); more.length > 0; ) {
      lines.push(...more)
      more = await OLD_CONSUMERS[name](redis)
    }
    const posts = lines.filter((line) => line.includes(' create app.bsky.feed.post/'))
    expect(posts.map((line) => Number(line.split(' ')[0]))).toEqual(
      Array.from({ length: 60 - from }, (_, at) => from + 1 + at),
    )
    expect(lines.filter((line) => line.includes(' delete app.bsky.feed.like/gone'))).toHaveLength(60 - from)
    expect(lines.slice(-3)).toEqual([
      `${rest(61)} identity alice.test`,
      `${rest(62)} identity null`,
      {
        divy: `${rest(63)} account false deactivated`,
        rsky: `${rest(63)} account false Deactivated`,
        publicappview: `${rest(63)} account false`,
      }[name],
    ])
    expect(await redis.get(old)).toBe('63')
  })

  test('coming back to our own cursor repeats nothing; one that the old producer moved meanwhile counts', async ({
    server,
    redis,
  }) => {
    await using relay = await startScriptedRelay()
    const say = (seq: number) => relay.say({ seq, bytes: aCommitFrame(seq) })
    say(1)
    const old = dialect.cursorKeys(stream, relay.url)[0] ?? cursorKey(stream, relay.url)
    await redis.set(old, '0')
    const untilCursor = (seq: number) =>
      until(async () => (await redis.get(cursorKey(stream, relay.url))) === String(seq), {
        within,
        what: `${seq}`,
      })
    for (const seq of [2, 3]) {
      await using _ours = await ingest(server.url, relay, dialect)
      say(seq)
      await untilCursor(seq)
    }
    expect(relay.cursors).toEqual([0, 2])
    expect(await redis.xlen(stream)).toBe(3)
    await redis.set(old, '5000')
    await using _ours = await ingest(server.url, relay, dialect)
    await until(() => relay.cursors.length === 3, { within, what: 'a third subscription' })
    expect(relay.cursors[2]).toBe(5_000 - dialect.cursorRewind)
  })
})

describe('publicappview', () => {
  const stream = publicappview.streams.live
  const entry = (data: object, type = 'commit', seq = '1') => [
    'type',
    type,
    'data',
    JSON.stringify(data),
    'seq',
    seq,
  ]
  const commitOf = (...ops: object[]) => entry({ repo: 'did:plc:a', ops })
  const create = { action: 'create', path: 'app.bsky.feed.post/r1', cid: 'bafy1', record: { text: 'one' } }
  const remove = { action: 'delete', path: 'app.bsky.feed.post/r1' }

  test('events without a rev count in the order of their entries, and one that comes again changes nothing', async ({
    redis,
    database,
    index,
  }) => {
    await redis.xadd(stream, '1700000000000-1', ...commitOf(create))
    await redis.xadd(stream, '1700000000000-2', ...commitOf(remove))
    const sink = await sinkOf(database, publicappview)
    await using indexing = await index({ dialect: publicappview, sink })
    await until(async () => (await effects(database)).length === 2, { within, what: 'two effects' })
    await indexing.stop()
    await redis.xgroup('SETID', stream, publicappview.groups.live, '0')
    await using _again = await index({ dialect: publicappview, sink })
    await until(async () => (await effects(database)).length === 4, { within, what: 'four effects' })
    expect((await effects(database)).map(({ applied }) => applied)).toEqual([true, true, false, false])
    const { rows } = await database.query<{ deleted: boolean }>('SELECT deleted FROM record')
    expect(rows).toEqual([{ deleted: true }])
  })

  test('after the switch to real revs a later change wins, and one from before the last entry does not', async ({
    redis,
    database,
    index,
  }) => {
    const at = Date.parse('2025-10-30T10:07:00Z')
    await redis.xadd(stream, `${at}-0`, ...commitOf(create))
    const sink = await sinkOf(database, publicappview)
    await using _indexing = await index({ dialect: publicappview, sink })
    await until(async () => (await effects(database)).length === 1, { within, what: 'an effect' })
    const place = { did: 'did:plc:a', collection: 'app.bsky.feed.post', rkey: 'r1' }
    // A commit of 10:06:57, three seconds before the entry: as if the old producer had lagged so far behind.
    const before = aDeleteEvent({ ...place, rev: '3m4fpoggrbw2t' })
    const after = aCreateEvent({ ...place, rev: '3m4fpokgrbw2t', cid: 'bafy2' })
    const judged = await sink.commit({
      entries: [before, after].map((event, at) => ({ id: `2-${at}`, event })),
      position: null,
    })
    expect(judged).toEqual([false, true])
  })

  test('an op that is none takes its entry to the dead letters, and its neighbours into the sink', async ({
    redis,
    database,
    index,
  }) => {
    await redis.xadd(
      stream,
      '*',
      ...commitOf({ ...create, record: undefined }, { ...create, path: 'app.bsky.feed.post/r2' }),
    )
    await using _indexing = await index({
      dialect: publicappview,
      sink: await sinkOf(database, publicappview),
    })
    await until(async () => (await redis.xlen(deadLetterStream(stream))) === 1, {
      within,
      what: 'a dead letter',
    })
    expect((await effects(database)).map(({ rkey }) => rkey)).toEqual(['r2'])
    expect(await pendingIn(redis, publicappview)).toBe(0)
    expect((await redis.xrange(deadLetterStream(stream), '-', '+'))[0]?.[1]).toContain(
      'field record: expected an object, got nothing',
    )
  })

  test('at the high-water mark the socket rests, and what the groups have acknowledged makes room', async ({
    server,
    redis,
  }) => {
    await using relay = await startScriptedRelay()
    relay.say(...Array.from({ length: 200 }, (_, at) => ({ seq: at + 1, bytes: aCommitFrame(at + 1) })))
    await using _ours = await ingest(server.url, relay, publicappview, { highWater: 50 })
    await until(async () => (await redis.xlen(stream)) >= 50, { within, what: 'a full stream' })
    await using _trimming = await trimAlong({ redisUrl: server.url, stream, log, every: seconds(0.05) })
    const seen = new Set<string>()
    await until(
      async () => {
        for (const line of await OLD_CONSUMERS.publicappview(redis)) seen.add(line)
        return seen.size === 200
      },
      { within, what: 'all 200 events' },
    )
    expect(await redis.xlen(stream)).toBeLessThan(200)
  })

  test('only an operator who insists has entries removed that nobody has read; they are counted', async ({
    server,
    redis,
  }) => {
    await redis.config('SET', 'stream-node-max-entries', '10')
    await using relay = await startScriptedRelay()
    relay.say(...Array.from({ length: 200 }, (_, at) => ({ seq: at + 1, bytes: aCommitFrame(at + 1) })))
    await using ours = await ingest(server.url, relay, publicappview, { highWater: 50, lossyMaxLength: 50 })
    await until(() => ours.counts.cursor === 200, { within, what: 'cursor 200' })
    const left = await redis.xlen(stream)
    expect(left).toBeLessThan(80)
    expect(ours.counts.lossyTrimmed).toBe(200 - left)
    expect(await ours.metrics.metrics()).toContain(
      `standpipe_ingest_lossy_trimmed_entries_total{stream="${stream}"} ${200 - left}`,
    )
  })
})

test('a frame that a dialect cannot write is kept as a rejected frame, and the cursor passes it', async ({
  server,
  redis,
}) => {
  await using relay = await startScriptedRelay()
  relay.say(
    { seq: 1, bytes: aCommitFrame(1, [{ record: aPost('fine') }]) },
    { seq: 2, bytes: aCommitFrame(2) },
  )
  const failing: Dialect = {
    ...rsky,
    encode(texts, now) {
      if (texts.some((text) => text.includes('fine')))
        throw new RangeError('Maximum call stack size exceeded')
      return rsky.encode(texts, now)
    },
  }
  await using ours = await ingest(server.url, relay, failing)
  await until(() => ours.counts.cursor === 2, { within, what: 'cursor 2' })
  expect(await redis.xlen(divy.streams.live)).toBe(1)
  expect(await redis.xlen(rejectedFramesStream(divy.streams.live))).toBe(1)
})
