import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { startPrivatePostgres } from '#kernel/postgres/private-postgres.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { LIVE_GROUP, LIVE_STREAM, type StreamEvent } from '#pipeline/contract.ts'
import { openDatabase } from '#pipeline/sinks/postgres/open-database.ts'
import { startIndexProcess } from '#test/support/index-process.ts'
import { append, effects, pendingCount } from '#test/support/indexing.ts'
import { missingPostgres } from '#test/support/postgres.ts'
import { aCreateEvent, aRev } from '#test/support/stream-events.ts'

const within = seconds(60)
const missing = missingPostgres()

const someCreates = (count: number, from = 0): StreamEvent[] =>
  Array.from({ length: count }, (_, index) => {
    const number = from + index
    return aCreateEvent({
      seq: number,
      did: `did:plc:user${number % 97}`,
      rkey: `r${number}`,
      rev: aRev(number),
    })
  })

/** What the ledger would say: events without an applied effect, and events with more than one. */
async function account(databaseUrl: string, events: readonly StreamEvent[]) {
  await using database = await openDatabase(databaseUrl)
  const applied = (await effects(database)).filter((row) => row.applied)
  const counts = Map.groupBy(applied, ({ rkey }) => rkey)
  const names = events.map((event) => ('rkey' in event ? event.rkey : ''))
  return {
    lost: names.filter((rkey) => !counts.has(rkey)),
    duplicated: [...counts].filter(([, rows]) => rows.length > 1).map(([rkey]) => rkey),
  }
}

async function groupIsSettled(redis: Redis): Promise<boolean> {
  const [group] = (await redis.xinfo('GROUPS', LIVE_STREAM)) as unknown[][]
  const fields = new Map<unknown, unknown>()
  for (let at = 0; at < (group?.length ?? 0); at += 2) fields.set(group?.[at], group?.[at + 1])
  return fields.get('lag') === 0 && fields.get('pending') === 0
}

describe('an indexer that is killed in the middle of a batch', () => {
  const kill = async (databaseUrl: string) => {
    await using server = await startPrivateRedis()
    const redis = await connectRedis(server.url, { name: 'test' })
    const flags = { 'redis-url': server.url, database: databaseUrl, 'record-effects': 'true', trim: 'false' }
    const events = someCreates(20_000)
    {
      await using indexer = await startIndexProcess(flags)
      for (let at = 0; at < events.length; at += 2_000) await append(redis, events.slice(at, at + 2_000))
      await until(async () => (await indexer.counted('standpipe_index_committed_total')) > 1_000, {
        within,
        what: 'commits',
      })
      await until(async () => (await pendingCount(redis)) > 0, { within, what: 'entries in hand', every: 1 })
      await indexer.child.kill('SIGKILL')
    }
    const heldAtDeath = await pendingCount(redis)
    {
      await using indexer = await startIndexProcess(flags)
      await until(() => groupIsSettled(redis), { within, what: 'end of the backlog' })
      await indexer.child.kill('SIGTERM')
      expect(indexer.child.exit).toBe(0)
    }
    redis.disconnect()
    return { heldAtDeath, ...(await account(databaseUrl, events)) }
  }

  test('loses nothing and duplicates no effect: embedded database', async () => {
    await using folder = await temporaryFolder('index')
    const { heldAtDeath, lost, duplicated } = await kill(`pglite://${join(folder.path, 'database')}`)
    expect(heldAtDeath).toBeGreaterThan(0)
    expect({ lost, duplicated }).toEqual({ lost: [], duplicated: [] })
  })

  test.skipIf(missing !== null)('loses nothing and duplicates no effect: PostgreSQL', async () => {
    await using postgres = await startPrivatePostgres()
    const { heldAtDeath, lost, duplicated } = await kill(postgres.url)
    expect(heldAtDeath).toBeGreaterThan(0)
    expect({ lost, duplicated }).toEqual({ lost: [], duplicated: [] })
  })

  test('control: entries that a consumer acknowledged before its death are seen as lost', async () => {
    await using server = await startPrivateRedis()
    await using folder = await temporaryFolder('index')
    const redis = await connectRedis(server.url, { name: 'test' })
    const databaseUrl = `pglite://${join(folder.path, 'database')}`
    const events = someCreates(10)
    await redis.xgroup('CREATE', LIVE_STREAM, LIVE_GROUP, '0', 'MKSTREAM')
    await append(redis, events)
    await redis.xreadgroup('GROUP', LIVE_GROUP, 'hasty', 'COUNT', 3, 'NOACK', 'STREAMS', LIVE_STREAM, '>')
    await using indexer = await startIndexProcess({
      'redis-url': server.url,
      database: databaseUrl,
      'record-effects': 'true',
    })
    await until(() => groupIsSettled(redis), { within, what: 'end of the backlog' })
    await indexer.child.kill('SIGTERM')
    redis.disconnect()
    expect(await account(databaseUrl, events)).toEqual({ lost: ['r0', 'r1', 'r2'], duplicated: [] })
  })
})

describe.skipIf(missing !== null)(
  missing ?? 'a consumer that is paused while another takes its entries',
  () => {
    test('may come back and finish late: nothing is lost, no effect is duplicated', async () => {
      await using server = await startPrivateRedis()
      await using postgres = await startPrivatePostgres()
      const redis = await connectRedis(server.url, { name: 'test' })
      const flags = {
        'redis-url': server.url,
        database: postgres.url,
        'record-effects': 'true',
        'claim-idle': '1',
      }
      const events = someCreates(10_000)
      await using paused = await startIndexProcess({ ...flags, consumer: 'paused' })
      for (let at = 0; at < events.length; at += 2_000) await append(redis, events.slice(at, at + 2_000))
      await until(
        async () => {
          if ((await paused.counted('standpipe_index_committed_total')) === 0) return false
          paused.child.signal('SIGSTOP')
          if ((await pendingCount(redis)) > 0) return true
          paused.child.signal('SIGCONT')
          return false
        },
        { within, what: 'pause with entries in hand', every: 1 },
      )
      await using eager = await startIndexProcess({ ...flags, consumer: 'eager' })
      await until(() => groupIsSettled(redis), { within, what: 'end of the backlog without the paused one' })
      expect(await eager.counted('standpipe_index_reclaimed_total')).toBeGreaterThan(0)

      paused.child.signal('SIGCONT')
      await append(redis, someCreates(100, 10_000))
      await until(
        async () =>
          (await paused.counted('standpipe_index_held_entries')) === 0 && (await groupIsSettled(redis)),
        {
          within,
          what: 'end of what the paused one held',
        },
      )
      for (const { child } of [paused, eager]) {
        await child.kill('SIGTERM')
        expect(child.exit).toBe(0)
      }
      redis.disconnect()
      expect(await account(postgres.url, [...events, ...someCreates(100, 10_000)])).toEqual({
        lost: [],
        duplicated: [],
      })
    })
  },
)

describe.skipIf(missing !== null)(missing ?? 'a PostgreSQL that is stopped', () => {
  test('is waited for: nothing is acknowledged meanwhile, nothing is lost, no effect is duplicated', async () => {
    await using server = await startPrivateRedis()
    await using postgres = await startPrivatePostgres()
    const redis = await connectRedis(server.url, { name: 'test' })
    await using indexer = await startIndexProcess({
      'redis-url': server.url,
      database: postgres.url,
      'record-effects': 'true',
    })
    await append(redis, someCreates(2_000))
    await until(() => groupIsSettled(redis), { within, what: 'end of the first part' })
    expect((await fetch(`${indexer.url}/readyz`)).status).toBe(200)

    await postgres.kill('SIGINT')
    const acknowledged = await indexer.counted('standpipe_index_acknowledged_total')
    for (let part = 1; part <= 3; part += 1) await append(redis, someCreates(1_000, 1_000 + part * 1_000))
    await until(async () => (await indexer.counted('standpipe_index_sink_retries_total')) >= 3, {
      within,
      what: 'retries',
    })
    expect((await fetch(`${indexer.url}/readyz`)).status).toBe(503)
    expect(await indexer.counted('standpipe_index_acknowledged_total')).toBe(acknowledged)
    expect(await pendingCount(redis)).toBeGreaterThan(0)
    expect(await pendingCount(redis)).toBeLessThanOrEqual(2_000)

    await postgres.start()
    await until(() => groupIsSettled(redis), { within, what: 'end of the backlog' })
    await indexer.child.kill('SIGTERM')
    expect(indexer.child.exit).toBe(0)
    expect(await redis.exists(`${LIVE_STREAM}:dead-letters`)).toBe(0)
    redis.disconnect()
    expect(await account(postgres.url, someCreates(5_000))).toEqual({ lost: [], duplicated: [] })
  })

  test('a consumer that is told to stop meanwhile says what it leaves, and leaves it pending', async () => {
    await using server = await startPrivateRedis()
    await using postgres = await startPrivatePostgres()
    const redis = await connectRedis(server.url, { name: 'test' })
    await using indexer = await startIndexProcess({ 'redis-url': server.url, database: postgres.url })
    await postgres.kill('SIGINT')
    await append(redis, someCreates(100))
    await until(async () => (await pendingCount(redis)) === 100, { within, what: 'entries in hand' })
    await indexer.child.kill('SIGTERM')
    expect(indexer.child.exit).toBe(130)
    expect(indexer.child.output.join('\n')).toContain(
      'stopped with 100 entries of firehose_live unacknowledged',
    )
    expect(await pendingCount(redis)).toBe(100)
    redis.disconnect()
  })
})

test.skipIf(missing !== null)(
  'a PostgreSQL that does not come back with an answer is left all the same',
  async () => {
    await using postgres = await startPrivatePostgres()
    await using witness = await openDatabase(postgres.url, { connections: 1 })
    const database = await openDatabase(postgres.url, { connections: 1 })
    const asked = database.query('SELECT pg_sleep(80)').catch((error: Error) => error.message)
    const asleep = "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep'"
    await until(async () => (await witness.query(asleep)).rows.length > 0, { within, what: 'sleep' })
    await database[Symbol.asyncDispose]()
    expect(await asked).toBe('Connection terminated unexpectedly')
  },
)

test('a database that cannot be reached is one sentence and code 4, and what cannot be one is code 3', async () => {
  await using server = await startPrivateRedis()
  const start = (database: string) => startIndexProcess({ 'redis-url': server.url, database })
  await expect(start('postgres://nobody:secret@127.0.0.1:1/x')).rejects.toThrow(
    /ended with 4: index: cannot reach PostgreSQL at postgres:\/\/nobody:\*\*\*@127.0.0.1:1\/x/,
  )
  await expect(start('mysql://h/x')).rejects.toThrow(/ended with 3: index: not a database: "mysql:\/\/h\/x"/)
})
