import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { readGroups } from '#kernel/streams/read-groups.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { booksKey, LEDGER_METRICS } from '#pipeline/contract.ts'
import { test } from '#test/support/redis.ts'
import { runCommand } from '#test/support/run-command.ts'
import { acknowledgeAndCount } from './acknowledge-and-count.ts'
import { createBookKeeper } from './book-keeper.ts'
import type { GroupLedger } from './group-ledger.ts'
import { command as ledger } from './ledger.command.ts'
import { trimAndCount } from './trim-and-count.ts'

const STREAM = 'firehose_live'
const GROUP = 'firehose_group'

/** A stream with one group, and its books, which are looked at when told to. */
async function aStream(redis: Redis, { start = '0' } = {}) {
  await redis.xgroup('CREATE', STREAM, GROUP, start, 'MKSTREAM')
  const keeper = createBookKeeper(redis, STREAM)
  const look = async (): Promise<GroupLedger> => {
    const [only] = await keeper.look()
    if (!only) throw new Error('no books')
    return only
  }
  return { look, ...deeds(redis) }
}

/** What producers, readers and others do to a stream. */
function deeds(redis: Redis) {
  const read = async (count: number): Promise<string[]> => {
    const reply = await redis.xreadgroup('GROUP', GROUP, 'one', 'COUNT', count, 'STREAMS', STREAM, '>')
    return (reply as [string, [string][]][] | null)?.[0]?.[1].map(([id]) => id) ?? []
  }
  return {
    add: async (count: number) => {
      for (let added = 0; added < count; added++) await redis.xadd(STREAM, '*', 'event', '{}')
    },
    read,
    settle: async (count: number) =>
      acknowledgeAndCount(redis, { stream: STREAM, group: GROUP }, await read(count)),
    /** Books of a new keeper, as after its restart. */
    reopened: async () => (await createBookKeeper(redis, STREAM).look())[0],
  }
}

/** IDs begin with the millisecond: a stream that is made anew within the same one could not be told from the old. */
async function untilNextMillisecond(redis: Redis): Promise<void> {
  const now = async () => {
    const [second = 0, microsecond = 0] = await redis.time()
    return Number(second) * 1_000 + Math.floor(Number(microsecond) / 1_000)
  }
  const began = await now()
  await until(async () => (await now()) > began, { within: seconds(1), what: 'next millisecond', every: 1 })
}

describe('the books balance', () => {
  test('in the normal flow: adding, reading, acknowledging, dead letters and the safe trim', async ({
    redis,
  }) => {
    const { look, add, read, settle } = await aStream(redis)
    await look()
    for (let round = 0; round < 30; round++) {
      await add(20)
      await settle(17)
      const [poison = ''] = await read(1)
      await acknowledgeAndCount(redis, { stream: STREAM, group: GROUP }, [poison], 'dead-lettered')
      await trimAndCount(redis, STREAM, { keepFrom: poison, limit: 10_000 })
      expect(await look()).toMatchObject({ verdict: 'pass', epoch: 1 })
    }
    expect((await look()).terms).toEqual({
      opening: 0,
      added: 600,
      acknowledged: 510,
      deadLettered: 30,
      lostBodies: 0,
      pending: 0,
      bodiless: 0,
      undelivered: 60,
      unread: 0,
    })
  })

  test('across a restart of the keeper', async ({ redis }) => {
    const { look, add, settle, reopened } = await aStream(redis)
    await add(10)
    await look()
    await settle(4)
    expect(await reopened()).toMatchObject({
      verdict: 'pass',
      epoch: 1,
      terms: { opening: 10, acknowledged: 4 },
    })
  })

  test('across a kill of Redis: at once where it keeps the lag, else as soon as the group has caught up', async ({
    server,
    redis,
  }) => {
    const { look, add, settle } = await aStream(redis)
    await add(10)
    await look()
    await settle(4)
    await server.kill('SIGKILL')
    await server.start()
    await until(() => redis.status === 'ready', { within: seconds(10), what: 'connection' })
    const [group] = await readGroups(redis, STREAM)
    expect(await look()).toMatchObject(
      group?.lag === null
        ? { verdict: 'unknown', terms: { acknowledged: 4, undelivered: null } }
        : { verdict: 'pass', terms: { acknowledged: 4, undelivered: 6 } },
    )
    await settle(6)
    expect(await look()).toMatchObject({ verdict: 'pass', epoch: 1, terms: { acknowledged: 10 } })
    await add(5)
    await settle(1)
    expect(await look()).toMatchObject({ verdict: 'pass', terms: { undelivered: 4 } })
  })

  test('with more acknowledgements than one call carries', async ({ redis }) => {
    const { look, settle } = await aStream(redis)
    const pipeline = redis.pipeline()
    for (let added = 0; added < 12_000; added++) pipeline.xadd(STREAM, '*', 'event', '{}')
    await pipeline.exec()
    await look()
    expect(await settle(12_000)).toBe(12_000)
    expect(await look()).toMatchObject({ verdict: 'pass', terms: { acknowledged: 12_000 } })
  })

  test('when memory is full: what is settled is counted all the same', async ({ redis }) => {
    const { look, add, settle } = await aStream(redis)
    await add(10)
    await look()
    await redis.config('SET', 'maxmemory', '1')
    try {
      expect(await settle(5)).toBe(5)
    } finally {
      await redis.config('SET', 'maxmemory', '0')
    }
    expect(await look()).toMatchObject({ verdict: 'pass', terms: { acknowledged: 5 } })
  })
})

describe('a loss is named', () => {
  test('MAXLEN over unread entries: exactly so many, and between which', async ({ redis }) => {
    const { look, add, settle } = await aStream(redis)
    await add(100)
    const ids = (await redis.xrange(STREAM, '-', '+')).map(([id]) => id)
    await look()
    await settle(10)
    await look()
    await redis.xtrim(STREAM, 'MAXLEN', 30)
    expect(await look()).toMatchObject({
      verdict: 'fail',
      balance: { lost: 60, isLeast: false },
      lossAt: { after: ids[9], before: ids[70] },
    })
    await settle(100)
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 60 } })
  })

  test('MAXLEN between two looks, the rest read at once: still exact, though Redis looks healthy', async ({
    redis,
  }) => {
    const { look, add, settle } = await aStream(redis)
    await add(100)
    await look()
    await settle(10)
    await redis.xtrim(STREAM, 'MAXLEN', 30)
    await settle(100)
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 60, isLeast: false } })
  })

  test('control: the same trim over what was acknowledged loses nothing', async ({ redis }) => {
    const { look, add, settle } = await aStream(redis)
    await add(100)
    await look()
    await settle(70)
    await redis.xtrim(STREAM, 'MAXLEN', 30)
    expect(await look()).toMatchObject({ verdict: 'pass', balance: { lost: 0 }, terms: { undelivered: 30 } })
  })

  test('a trim over pending entries, before and after they are claimed', async ({ redis }) => {
    const { look, add, read, settle } = await aStream(redis)
    await add(22)
    await settle(2)
    await look()
    await read(8)
    await look()
    await redis.xtrim(STREAM, 'MAXLEN', 15)
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 5 }, terms: { bodiless: 5 } })
    await redis.xautoclaim(STREAM, GROUP, 'two', 0, '0-0')
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 5 }, terms: { bodiless: 0 } })
  })

  test('bodies that were gone, acknowledged as such', async ({ redis }) => {
    const { look, add, read } = await aStream(redis)
    await add(20)
    await look()
    const ids = await read(8)
    await redis.xtrim(STREAM, 'MAXLEN', 15)
    await acknowledgeAndCount(redis, { stream: STREAM, group: GROUP }, ids.slice(0, 5), 'lost-bodies')
    await acknowledgeAndCount(redis, { stream: STREAM, group: GROUP }, ids.slice(5))
    expect(await look()).toMatchObject({
      verdict: 'fail',
      balance: { lost: 5 },
      terms: { acknowledged: 3, lostBodies: 5 },
    })
  })

  test('XDEL of what nobody has read', async ({ redis }) => {
    const { look, add, settle } = await aStream(redis)
    await add(20)
    await look()
    const ids = (await redis.xrange(STREAM, '-', '+')).map(([id]) => id)
    await redis.xdel(STREAM, ids[3] ?? '', ids[15] ?? '')
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 2 } })
    await settle(100)
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 2 } })
  })

  test('control: XDEL of what was acknowledged loses nothing', async ({ redis }) => {
    const { look, add, read } = await aStream(redis)
    await add(20)
    await look()
    const ids = await read(20)
    await acknowledgeAndCount(redis, { stream: STREAM, group: GROUP }, ids)
    await redis.xdel(STREAM, ...ids.slice(0, 12))
    expect(await look()).toMatchObject({ verdict: 'pass' })
  })

  test('DELCONSUMER over pending entries', async ({ redis }) => {
    const { look, add, read, settle } = await aStream(redis)
    await add(20)
    await look()
    await settle(2)
    await read(8)
    await redis.xgroup('DELCONSUMER', STREAM, GROUP, 'one')
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 8 } })
  })

  test('claimed and acknowledged by somebody who has no sink', async ({ redis }) => {
    const { look, add, read, settle } = await aStream(redis)
    await add(20)
    await look()
    await settle(5)
    const ids = await read(8)
    await redis.xack(STREAM, GROUP, ...ids)
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 8 } })
  })

  test('a cursor set forward over unread entries', async ({ redis }) => {
    const { look, add, settle } = await aStream(redis)
    await add(20)
    await look()
    await settle(5)
    await redis.xgroup('SETID', STREAM, GROUP, '$')
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 15 } })
  })

  test('unread entries trimmed, even where nobody counts acknowledgements', async ({ redis }) => {
    const { look, add, read } = await aStream(redis)
    await add(20)
    await look()
    await redis.xack(STREAM, GROUP, ...(await read(5)))
    await redis.xtrim(STREAM, 'MAXLEN', 4)
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 11, isLeast: true } })
  })
})

describe('a new epoch begins, and the loss of the old one is named', () => {
  const endings: readonly { readonly why: string; readonly end: (redis: Redis) => Promise<unknown> }[] = [
    { why: 'FLUSHALL', end: (redis) => redis.flushall() },
    { why: 'DEL', end: (redis) => redis.del(STREAM) },
  ]

  for (const { why, end } of endings) {
    test(`after ${why}`, async ({ redis }) => {
      const { look, add, read, settle } = await aStream(redis)
      await add(20)
      await look()
      await settle(5)
      await read(3)
      await look()
      await end(redis)
      expect(await look()).toMatchObject({
        verdict: 'fail',
        epoch: 2,
        terms: null,
        closed: [{ epoch: 1, ending: 'recreated', verdict: 'fail', lost: 15, isLeast: true }],
      })
      await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
      await add(4)
      await settle(4)
      expect(await look()).toMatchObject({ verdict: 'fail', epoch: 2, closed: [{ lost: 15 }] })
    })

    test(`after ${why}, with the stream there again before the next look`, async ({ redis }) => {
      const { look, add, settle } = await aStream(redis)
      await add(20)
      await settle(5)
      await look()
      await end(redis)
      await untilNextMillisecond(redis)
      await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
      await add(30)
      expect(await look()).toMatchObject({
        epoch: 2,
        terms: { opening: 30, undelivered: 30 },
        closed: [{ ending: 'recreated', lost: 15 }],
      })
    })
  }

  test('after an eviction', async ({ redis }) => {
    const { look, add, settle } = await aStream(redis)
    await add(200)
    await look()
    await settle(50)
    await look()
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru')
    await redis.config('SET', 'maxmemory', '1')
    try {
      await redis.xadd(STREAM, '*', 'event', '{}').catch(() => {})
      await until(async () => (await redis.exists(STREAM)) === 0, { within: seconds(5), what: 'eviction' })
    } finally {
      await redis.config('SET', 'maxmemory', '0')
      await redis.config('SET', 'maxmemory-policy', 'noeviction')
    }
    expect(await look()).toMatchObject({ closed: [{ ending: 'recreated', lost: 150 }] })
  })

  test('control: a stream that was emptied by the safe trim is the same one', async ({ redis }) => {
    const { look, add, settle } = await aStream(redis)
    await add(20)
    await look()
    await settle(20)
    await redis.xtrim(STREAM, 'MAXLEN', 0)
    expect(await look()).toMatchObject({ verdict: 'pass', epoch: 1 })
    await add(5)
    expect(await look()).toMatchObject({ verdict: 'pass', epoch: 1, terms: { added: 5, undelivered: 5 } })
  })

  test('the group destroyed and made again at the end: what it owed is lost', async ({ redis }) => {
    const { look, add, settle } = await aStream(redis)
    await add(20)
    await look()
    await settle(5)
    await look()
    await redis.xgroup('DESTROY', STREAM, GROUP)
    expect(await look()).toMatchObject({ verdict: 'unknown', balance: { says: 'the group is gone' } })
    await redis.xgroup('CREATE', STREAM, GROUP, '$')
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 15 } })
  })
})

describe('unknown, never a pass', () => {
  test('where the lag is NULL, until the group has caught up', async ({ redis }) => {
    const { look, add, read, settle } = await aStream(redis)
    await add(20)
    await look()
    await settle(5)
    const ids = (await redis.xrange(STREAM, '-', '+')).map(([id]) => id)
    await read(1)
    await redis.xdel(STREAM, ids[18] ?? '')
    expect(await look()).toMatchObject({ verdict: 'unknown', balance: { lost: null } })
    await settle(100)
    expect(await look()).toMatchObject({ verdict: 'fail', balance: { lost: 1 } })
  })

  test('control: without the deletion it is a pass', async ({ redis }) => {
    const { look, add, read, settle } = await aStream(redis)
    await add(20)
    await look()
    await settle(5)
    await read(1)
    expect(await look()).toMatchObject({ verdict: 'pass' })
  })

  test('in a group that was created in the middle', async ({ redis }) => {
    for (const id of ['1-0', '2-0', '3-0']) await redis.xadd(STREAM, id, 'event', '{}')
    const { look, settle } = await aStream(redis, { start: '2-0' })
    expect(await look()).toMatchObject({ verdict: 'unknown' })
    await settle(1)
    await look()
    expect(await look()).toMatchObject({ verdict: 'not-applicable' })
  })

  test('where the cursor is ahead of the stream', async ({ redis }) => {
    const { look, add } = await aStream(redis)
    await add(5)
    await look()
    await redis.xgroup('SETID', STREAM, GROUP, '99999999999999-0')
    expect(await look()).toMatchObject({ verdict: 'unknown' })
  })

  test('where nobody counts acknowledgements', async ({ redis }) => {
    const { look, add, read } = await aStream(redis)
    await add(5)
    await look()
    await redis.xack(STREAM, GROUP, ...(await read(5)))
    expect(await look()).toMatchObject({ verdict: 'unknown', terms: { acknowledged: null } })
  })
})

describe('standpipe ledger', () => {
  const at = (server: { url: string }) => ['--redis-url', server.url]
  const judged = async (server: { url: string }) => {
    const { code, stdout } = await runCommand(ledger, [...at(server), '--json'])
    return { code, ledgers: JSON.parse(stdout).ledgers as GroupLedger[] }
  }

  test('judges the books as of now and enters nothing; its exit code is the verdict', async ({
    redis,
    server,
  }) => {
    const { look, add, settle } = await aStream(redis)
    await add(10)
    expect(await judged(server)).toMatchObject({ code: EXIT.unknown, ledgers: [{ epoch: null }] })
    expect(await redis.exists(booksKey(STREAM))).toBe(0)
    await look()
    await settle(5)
    expect(await judged(server)).toMatchObject({ code: EXIT.ok, ledgers: [{ terms: { acknowledged: 5 } }] })
    await redis.xtrim(STREAM, 'MAXLEN', 2)
    expect(await judged(server)).toMatchObject({ code: EXIT.failed, ledgers: [{ balance: { lost: 3 } }] })
    const { stdout } = await runCommand(ledger, at(server))
    expect(stdout).toMatch(/^firehose_live\/firehose_group +1 +10 +5 +0 +0 +2 +3$/m)
    expect(stdout).toMatch(/^fail {2}firehose_live\/firehose_group: 3 left the stream/m)
  })

  test('without a group and without books nothing can be said', async ({ redis, server }) => {
    expect(await redis.dbsize()).toBe(0)
    expect(await judged(server)).toEqual({ code: EXIT.unknown, ledgers: [] })
  })

  test('a book that cannot be read is none', async ({ redis, server }) => {
    await aStream(redis)
    await redis.hset(booksKey(STREAM), `book:${GROUP}`, '{')
    expect(await judged(server)).toMatchObject({ code: EXIT.unknown, ledgers: [{ epoch: null }] })
  })

  test('--new-epoch dismisses a loss, when it is told to', async ({ redis, server }) => {
    const { look, add } = await aStream(redis)
    await add(10)
    await look()
    await redis.xtrim(STREAM, 'MAXLEN', 2)
    await look()
    const { stderr } = await runCommand(ledger, [...at(server), '--new-epoch'])
    expect(stderr).toContain('nothing was changed')
    expect(await judged(server)).toMatchObject({ code: EXIT.failed })
    const { stdout } = await runCommand(ledger, [...at(server), '--new-epoch', '--yes'])
    expect(stdout).toContain('8 left the stream')
    expect(await judged(server)).toMatchObject({ code: EXIT.ok, ledgers: [{ epoch: 2, closed: [] }] })
    // The keeper that runs beside it goes on with the new epoch.
    expect(await look()).toMatchObject({ verdict: 'pass', epoch: 2 })
  })

  test('--watch keeps the books, says what changes and serves every metric', async ({ redis, server }) => {
    const { add, settle } = await aStream(redis)
    const stop = new AbortController()
    await add(10)
    const { freePort } = await import('#kernel/process/free-port.ts')
    const port = await freePort()
    const args = [...at(server), '--watch', '--log-level', 'silent', '--metrics-port', String(port)]
    const running = runCommand(ledger, args, stop.signal)
    const scrape = async () => (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
    const sample = (name: string, value: number) =>
      until(
        async () => (await scrape()).includes(`${name}{stream="${STREAM}",group="${GROUP}"} ${value}\n`),
        {
          within: seconds(10),
          what: `${name} of ${value}`,
        },
      )
    await sample('standpipe_ledger_undelivered_entries', 10)
    await sample('standpipe_ledger_balanced', 1)
    await settle(4)
    await sample('standpipe_ledger_acknowledged_entries', 4)
    await redis.xtrim(STREAM, 'MAXLEN', 2)
    await sample('standpipe_ledger_lost_entries', 4)
    await sample('standpipe_ledger_balanced', 0)
    const text = await scrape()
    for (const { name } of Object.values(LEDGER_METRICS)) expect(text).toMatch(new RegExp(`^${name}\\{`, 'm'))
    await redis.flushall()
    await sample('standpipe_ledger_lost_before_entries', 6)
    await sample('standpipe_ledger_known', 0)
    expect(await scrape()).not.toMatch(/^standpipe_ledger_balanced\{/m)
    stop.abort()
    const { code, stdout } = await running
    expect(code).toBe(EXIT.ok)
    expect(stdout.match(/^stream\/group/gm)?.length).toBe(3)
  })
})
