import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { until } from '#kernel/time/until.ts'
import { test } from '#test/support/redis.ts'
import { audit } from './audit.ts'
import type { AuditFinding } from './audit-finding.ts'
import { checks } from './checks/index.ts'
import { isLive } from './is-live.ts'
import type { Profile } from './profile.ts'
import { buffer } from './profiles/buffer.ts'

/**
 * What earlier systems did to their streams, replayed command by command on a real Redis: each is to be named in
 * words that an operator understands, and each has a control that does the same work rightly.
 */

const STREAM = 'firehose_live'
const GROUP = 'firehose_group'
const live = checks.filter(isLive)
/** A window of a fraction of a second is enough to see commands that we send ourselves. */
const IMPATIENT: Profile = {
  ...buffer,
  limits: {
    'cursor-stalled': { leastWatchedMs: 0 },
    'group-status': { leastSeconds: 0 },
    'acknowledgements-stalled': { leastWatchedMs: 0 },
  },
}

const add = async (redis: Redis, from: number, to: number, seqOf = (id: number) => id) => {
  for (let id = from; id <= to; id++)
    await redis.xadd(STREAM, `${id}-0`, 'event', JSON.stringify({ type: 'create', seq: seqOf(id) }))
}
const read = (redis: Redis, consumer: string, count: number, from = '>') =>
  redis.xreadgroup('GROUP', GROUP, consumer, 'COUNT', count, 'STREAMS', STREAM, from)
const begin = (redis: Redis) => redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM')

/** What one check says, as verdict and observation of its first finding that is no pass. */
function toldBy(findings: readonly AuditFinding[], check: string): string {
  const all = findings.filter((finding) => finding.check === check)
  const ill = all.find(({ verdict }) => verdict !== 'pass') ?? all[0]
  return `${ill?.verdict}: ${ill?.observed}`
}

const look = async (redis: Redis, streams = [STREAM]) =>
  (await audit(redis, { checks: live, streams, profile: IMPATIENT })).findings

/** Watches for a moment, and does something as soon as the first look was taken. */
async function watch(redis: Redis, meanwhile: () => Promise<unknown>): Promise<readonly AuditFinding[]> {
  await redis.config('RESETSTAT')
  const looked = async () => /cmdstat_xpending/.test(await redis.info('commandstats'))
  const results = audit(redis, { checks: live, streams: [STREAM], profile: IMPATIENT, watchFor: 300 })
  await until(looked, { within: 5_000, every: 5, what: 'first look' })
  await meanwhile()
  return (await results).findings
}

describe('R1, a consumer that reads on in what it once held', () => {
  const goesOnReading = async (redis: Redis, from: string) => {
    await add(redis, 5, 9)
    for (let turn = 0; turn < 50; turn++) await read(redis, 'a', 100, from)
  }

  test('looks alive, holds nothing, and never asks for new entries', async ({ redis }) => {
    await begin(redis)
    await add(redis, 1, 4)
    await read(redis, 'a', 2)
    await redis.xack(STREAM, GROUP, '1-0', '2-0')
    const findings = await watch(redis, () => goesOnReading(redis, '2-0'))
    expect(toldBy(findings, 'cursor-stalled')).toMatch(
      /^fail: 7 entries wait .*though XREADGROUP was called \d+ times: .*\(a sticky history cursor\)/,
    )
    expect(toldBy(findings, 'group-status')).toBe(
      'fail: STALL: entries wait and consumers ask, yet nothing is delivered',
    )
    expect(toldBy(findings, 'acknowledgements-stalled')).toMatch(/^pass/)
  })

  test('one that asks for new entries is served', async ({ redis }) => {
    await begin(redis)
    await add(redis, 1, 4)
    await read(redis, 'a', 2)
    await redis.xack(STREAM, GROUP, '1-0', '2-0')
    const findings = await watch(redis, () => goesOnReading(redis, '>'))
    expect(toldBy(findings, 'cursor-stalled')).toMatch(/^pass/)
  })
})

test('R2, SETID 0 as a repair: everything is delivered a second time', async ({ redis }) => {
  await begin(redis)
  await add(redis, 1, 8)
  await read(redis, 'a', 6)
  await redis.xack(STREAM, GROUP, '1-0', '2-0', '3-0', '4-0')
  expect(toldBy(await look(redis), 'cursor-rewound')).toMatch(/^pass/)
  await redis.xgroup('SETID', STREAM, GROUP, '0')
  expect(toldBy(await look(redis), 'cursor-rewound')).toBe(
    'warn: it was set back to 0-0, though 6-0 was delivered already: everything between is delivered a second time',
  )
})

describe('R3, a trim at what was delivered', () => {
  test('eats what a consumer still holds: its body is gone, and nothing says so', async ({ redis }) => {
    await begin(redis)
    await add(redis, 1, 4)
    await read(redis, 'a', 3)
    await read(redis, 'b', 1)
    await redis.xack(STREAM, GROUP, '4-0')
    await redis.xtrim(STREAM, 'MINID', '4-0')
    const findings = await look(redis)
    expect(toldBy(findings, 'phantom-pending')).toBe(
      'fail: 3 entries pending and no longer in the stream, from 1-0 on',
    )
    expect(toldBy(findings, 'unsafe-trimming')).toMatch(/^fail: 1-0 was trimmed while a still held it/)
  })

  test('a trim at what was acknowledged does not', async ({ redis }) => {
    await begin(redis)
    await add(redis, 1, 4)
    await read(redis, 'a', 3)
    await redis.xack(STREAM, GROUP, '1-0', '2-0')
    await redis.xtrim(STREAM, 'MINID', '3-0')
    const findings = await look(redis)
    expect(toldBy(findings, 'phantom-pending')).toMatch(/^pass/)
    expect(toldBy(findings, 'unsafe-trimming')).toMatch(/^pass/)
  })
})

test('a MAXLEN of the producer holds the length, and what a group has not read goes', async ({ redis }) => {
  await begin(redis)
  await add(redis, 1, 9)
  await read(redis, 'a', 2)
  await redis.xtrim(STREAM, 'MAXLEN', 5)
  const findings = await watch(redis, async () => {
    for (let id = 10; id <= 90; id++) await redis.xadd(STREAM, 'MAXLEN', 5, `${id}-0`, 'event', '{}')
  })
  expect(toldBy(findings, 'unsafe-trimming')).toMatch(/^fail: the stream is held at 5 entries \(a MAXLEN\)/)
  expect(toldBy(findings, 'unread-trimmed')).toBe('fail: 83 entries, after 2-0 and before 86-0')
  expect(toldBy(findings, 'group-status')).toMatch(/^fail: BEHIND-TRIM/)
})

describe('R4, a recovery that acknowledges what it claims', () => {
  const abandon = async (redis: Redis) => {
    await begin(redis)
    await add(redis, 1, 3)
    await read(redis, 'a', 3)
    await redis.xclaim(STREAM, GROUP, 'a', 0, '1-0', '2-0', '3-0', 'IDLE', 40_000, 'JUSTID')
  }

  test('loses what the dead consumer held, and shows a pending list of 0', async ({ redis }) => {
    await abandon(redis)
    const findings = await watch(redis, async () => {
      await redis.xautoclaim(STREAM, GROUP, 'b', 30_000, '0-0', 'COUNT', 1_000)
      await redis.xack(STREAM, GROUP, '1-0', '2-0', '3-0')
    })
    expect(toldBy(findings, 'claimed-unprocessed')).toMatch(
      /^warn: 3 entries from 1-0 on, which a had left for 40 s, were claimed and acknowledged within .* they are lost$/,
    )
    expect(toldBy(findings, 'oldest-pending')).toBe('pass: nothing is pending')
  })

  test('one that holds them while it works is not blamed', async ({ redis }) => {
    await abandon(redis)
    const findings = await watch(redis, () => redis.xautoclaim(STREAM, GROUP, 'b', 30_000, '0-0'))
    expect(toldBy(findings, 'claimed-unprocessed')).toMatch(/^pass/)
  })
})

describe('R5, backpressure that throws batches away', () => {
  test('leaves a hole of a batch in the sequence, and a cursor beyond it', async ({ redis }) => {
    await add(redis, 1, 20)
    await add(redis, 21, 40, (id) => id + 500)
    await redis.set(`${STREAM}:cursor:relay.example`, '540')
    const told = toldBy(await look(redis), 'sequence-gaps')
    expect(told).toMatch(/^warn: a hole of 500 sequences between 20 \(20-0\) and 521 \(21-0\)/)
    expect(told).toContain('as a batch leaves that was thrown away')
  })

  test('sequences that the relay itself leaves out are no hole', async ({ redis }) => {
    await add(redis, 1, 40, (id) => id * 7)
    expect(toldBy(await look(redis), 'sequence-gaps')).toMatch(/^pass/)
  })
})

describe('R6, a dead-letter stream that nothing ever reaches', () => {
  const fail = async (redis: Redis, times: number) => {
    await redis.xgroup('CREATE', 'repo_backfill', 'repo_backfill_group', '0', 'MKSTREAM')
    await redis.xadd('repo_backfill', '1-0', 'repo', '{"did":"did:plc:x"}')
    for (let turn = 0; turn < times; turn++) {
      const from = turn === 0 ? '>' : '0'
      await redis.xreadgroup('GROUP', 'repo_backfill_group', 'b', 'STREAMS', 'repo_backfill', from)
    }
  }

  test('shows as an entry that is tried again and again beside an empty stream', async ({ redis }) => {
    await fail(redis, 6)
    const told = toldBy(await look(redis, ['repo_backfill']), 'poison-entries')
    expect(told).toBe(
      'warn: 1 entry of the oldest 1 pending; 1-0 was delivered 6 times, now to b; yet repo_backfill_dlq is empty: its way there may be closed',
    )
  })

  test('a few retries are none', async ({ redis }) => {
    await fail(redis, 3)
    expect(toldBy(await look(redis, ['repo_backfill']), 'poison-entries')).toMatch(/^pass/)
  })
})

test('R7, a listing that is done before its last batches are written', async ({ redis }) => {
  await redis.xadd('repo_backfill', '*', 'repo', '{}')
  await redis.set('repo_backfill:cursor:relay.example', '!ingester-done')
  expect(toldBy(await look(redis, ['repo_backfill']), 'listing-tail')).toBe(
    'warn: done, and nothing shows that its last page was ever written: the tail of the listing may be lost',
  )
  await redis.set('repo_backfill:cursor:relay.example:tail', '{}')
  expect(toldBy(await look(redis, ['repo_backfill']), 'listing-tail')).toMatch(/^pass/)
})

test('a stream that was deleted beside its cursor is named before the gap grows', async ({ redis }) => {
  await redis.set(`${STREAM}:cursor:relay.example`, '6328157203')
  expect(toldBy(await look(redis), 'stream-recreated')).toBe(
    'fail: there is no stream, yet firehose_live:cursor:relay.example says that everything up to 6328157203 was stored',
  )
  await begin(redis)
  await add(redis, 1, 3)
  expect(toldBy(await look(redis), 'stream-recreated')).toMatch(/^pass/)
  const findings = await watch(redis, async () => {
    await redis.del(STREAM)
    await add(redis, 4, 5)
  })
  expect(toldBy(findings, 'stream-recreated')).toBe('fail: entries-added fell from 3 to 2 while we watched')
})
