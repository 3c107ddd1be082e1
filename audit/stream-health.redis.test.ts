import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { readGroups } from '#kernel/streams/read-groups.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import { cursorKey } from '#pipeline/contract.ts'
import { test } from '#test/support/redis.ts'
import { audit } from './audit.ts'
import { checks } from './checks/index.ts'
import { isLive } from './is-live.ts'
import { buffer } from './profiles/buffer.ts'

const live = checks.filter(isLive)
const STREAM = 'firehose_live'
const GROUP = 'firehose_group'

const add = async (redis: Redis, from: number, to: number) => {
  for (let id = from; id <= to; id++) await redis.xadd(STREAM, `${id}-0`, 'event', '{}')
}
const read = async (redis: Redis, count: number, consumer = 'a') =>
  redis.xreadgroup('GROUP', GROUP, consumer, 'COUNT', count, 'STREAMS', STREAM, '>')
const acknowledge = async (redis: Redis, ...ids: number[]) =>
  redis.xack(STREAM, GROUP, ...ids.map((id) => `${id}-0`))

/** Verdict and observation of every finding that is no pass, by check. */
async function illsOf(redis: Redis, profile = buffer): Promise<Record<string, [Verdict, string]>> {
  const { findings } = await audit(redis, { checks: live, profile })
  const ills = findings.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'not-applicable')
  return Object.fromEntries(ills.map(({ check, verdict, observed }) => [check, [verdict, observed]]))
}

async function inBalance(redis: Redis): Promise<void> {
  await redis.set(cursorKey(STREAM, 'wss://relay.example'), '9')
  await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
  await add(redis, 1, 9)
  await read(redis, 5)
  await acknowledge(redis, 1, 2, 3, 4, 5)
  await redis.xtrim(STREAM, 'MINID', '6-0')
}

test('a stream in balance is healthy: read, acknowledged, trimmed up to its group, filled again', async ({
  redis,
}) => {
  await inBalance(redis)
  expect(await illsOf(redis)).toEqual({})
  await read(redis, 2)
  await acknowledge(redis, 6, 7)
  expect(await illsOf(redis)).toEqual({})
})

test('a stream that shrinks because it loses data is ill, with the exact count and the IDs', async ({
  redis,
}) => {
  await inBalance(redis)
  await redis.xtrim(STREAM, 'MAXLEN', '1')
  expect(await illsOf(redis)).toMatchObject({
    'unread-trimmed': ['fail', '3 entries, after 5-0 and before 9-0'],
    'cursor-behind-trim': ['fail', '3 entries between 5-0 and 9-0 went unread'],
  })
})

test('a lag that counts what was trimmed is not believed; one that does not is', async ({ redis }) => {
  await inBalance(redis)
  await redis.xtrim(STREAM, 'MAXLEN', '1')
  const told = (await illsOf(redis))['lag-known']
  const [group] = await readGroups(redis, STREAM)
  if (group?.lag === 4) expect(told?.[1]).toContain('4 entries cannot be: the stream holds 1')
  else expect([group?.lag, told]).toEqual([1, undefined])
})

test('once the group has read to the end the loss shows where Redis counts reads, and nowhere else', async ({
  redis,
}) => {
  await inBalance(redis)
  await redis.xtrim(STREAM, 'MAXLEN', '1')
  await read(redis, 9)
  await acknowledge(redis, 9)
  const ills = await illsOf(redis)
  const [group] = await readGroups(redis, STREAM)
  if (group?.entriesRead === 6) {
    expect(ills['unread-trimmed']).toEqual(['fail', '3 entries'])
    expect(ills['lag-known']?.[1]).toContain('3 entries cannot be')
  } else {
    expect([group?.entriesRead, group?.lag]).toEqual([9, 0])
    expect(ills).toEqual({})
  }
})

test('entries trimmed while pending are lost, and counted', async ({ redis }) => {
  await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
  await add(redis, 1, 4)
  await read(redis, 3, 'a')
  await read(redis, 1, 'b')
  await acknowledge(redis, 4)
  await redis.xtrim(STREAM, 'MINID', '4-0')
  expect(await illsOf(redis)).toMatchObject({
    'phantom-pending': ['fail', '3 entries pending and no longer in the stream, from 1-0 on'],
  })
})

describe('a group', () => {
  test('past the end of its stream is named, and nothing about it is a pass of its lag', async ({
    redis,
  }) => {
    await inBalance(redis)
    await redis.xgroup('SETID', STREAM, GROUP, '99-0')
    expect(await illsOf(redis)).toMatchObject({
      'cursor-ahead-of-stream': ['fail', 'the group stands at 99-0, the stream ends at 9-0'],
      'lag-known': ['unknown', expect.stringContaining('past the last entry')],
    })
  })

  test('created in the middle has a lag that Redis cannot tell', async ({ redis }) => {
    await add(redis, 1, 3)
    await redis.xgroup('CREATE', STREAM, GROUP, '2-0')
    await redis.xgroup('CREATECONSUMER', STREAM, GROUP, 'a')
    expect(await illsOf(redis)).toMatchObject({
      'lag-known': ['unknown', expect.stringContaining('an ID in the middle')],
    })
  })

  test('with entries deleted ahead of it has a lag that Redis cannot tell', async ({ redis }) => {
    await inBalance(redis)
    await redis.xdel(STREAM, '8-0')
    expect((await illsOf(redis))['lag-known']?.[1]).toContain('XDEL removed 8-0')
  })

  test('without consumers and with unread entries is a failure; a stream without groups a warning', async ({
    redis,
  }) => {
    await add(redis, 1, 3)
    expect(await illsOf(redis)).toMatchObject({
      'group-without-consumers': ['warn', 'no group reads it; it holds 3 entries'],
    })
    await redis.xgroup('CREATE', STREAM, GROUP, '0')
    expect(await illsOf(redis)).toMatchObject({
      'group-without-consumers': ['fail', 'no consumer; 3 entries unread, 0 pending'],
    })
  })

  test('whose consumer holds entries and has fallen silent is told by how long', async ({ redis }) => {
    await inBalance(redis)
    await read(redis, 2)
    expect(await illsOf(redis)).toEqual({})
    await redis.xclaim(STREAM, GROUP, 'a', 0, '6-0', 'IDLE', 400_000, 'JUSTID')
    const impatient = { 'dead-consumer': { warnAt: 0, failAt: 0 } }
    const ills = await illsOf(redis, { ...buffer, limits: impatient })
    expect(ills['oldest-pending']).toEqual([
      'fail',
      expect.stringMatching(/^6-0, with a for 6\.67 min, delivered 1 times$/),
    ])
    expect(ills['dead-consumer']).toEqual(['fail', expect.stringMatching(/^holds 2 entries, silent for /)])
  })
})

test('an ID from the future is told by how far it is ahead; one of the past is not', async ({ redis }) => {
  await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
  await redis.xgroup('CREATECONSUMER', STREAM, GROUP, 'a')
  await redis.xadd(STREAM, '*', 'event', '{}')
  await redis.set(cursorKey(STREAM, 'wss://relay.example'), '1')
  expect(await illsOf(redis)).toEqual({})
  await redis.xadd(STREAM, `${Date.now() + 3_600_000}-0`, 'event', '{}')
  expect((await illsOf(redis))['ids-from-the-future']).toEqual([
    'fail',
    expect.stringMatching(/is (60|59\.\d+) min ahead of the server's clock$/),
  ])
})

test('dead letters are counted', async ({ redis }) => {
  await inBalance(redis)
  await redis.xadd(`${STREAM}:dead-letters`, '*', 'reason', 'x')
  expect(await illsOf(redis)).toEqual({ 'dead-letter-backlog': ['warn', '1 entry'] })
})

test('names that are not text, and a group destroyed meanwhile, break nothing', async ({ redis }) => {
  await add(redis, 1, 3)
  const name = Buffer.from([0xff, 0x00, 0x0a])
  await redis.xgroup('CREATE', STREAM, name, '0')
  await redis.callBuffer('XREADGROUP', 'GROUP', name, name, 'STREAMS', STREAM, '>')
  const { findings } = await audit(redis, { checks: live })
  expect(findings.map(({ subject }) => subject)).toContain(`${STREAM}/"\\xff\\x00\\x0a"`)
  expect(findings.filter(({ verdict }) => verdict === 'unknown')).toEqual([])
})

test('a key of another type under the name of the stream is unknown, and says which key', async ({
  redis,
}) => {
  await redis.set(STREAM, 'text')
  const { verdict, findings } = await audit(redis, { checks: live })
  expect(verdict).toBe('unknown')
  expect(findings[0]?.observed).toContain(STREAM)
  expect(findings[0]?.observed).toContain('WRONGTYPE')
})

test('no stream at all is nothing to look at, never a pass', async ({ redis }) => {
  expect((await audit(redis, { checks: live })).verdict).toBe('not-applicable')
})

test('a hundred thousand entries and pending entries are judged in under a second', async ({ redis }) => {
  await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')
  await redis.eval(
    "for i = 1, 100000 do redis.call('XADD', KEYS[1], i .. '-0', 'event', '{}') end return 1",
    1,
    STREAM,
  )
  await redis.callBuffer('XREADGROUP', 'GROUP', GROUP, 'a', 'COUNT', 100_000, 'STREAMS', STREAM, '>')
  await redis.config('SET', 'slowlog-log-slower-than', '2000')
  await redis.slowlog('RESET')
  const before = performance.now()
  const { findings } = await audit(redis, { checks: live })
  expect(performance.now() - before).toBeLessThan(1_000)
  expect(await redis.slowlog('LEN')).toBe(0)
  expect(findings.length).toBeGreaterThanOrEqual(live.length)
})
