import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { until } from '#kernel/time/until.ts'
import { startFakeRedis } from '#test/support/fake-redis.ts'
import { test } from '#test/support/redis.ts'
import { audit } from './audit.ts'
import type { AuditResults } from './audit-results.ts'
import { checks } from './checks/index.ts'
import { isLive } from './is-live.ts'
import { toTable } from './render/to-table.ts'

const STREAM = 'firehose_live'
const live = checks.filter(isLive)
const plain = { verdict: (_: string, text: string) => text, bold: String, dim: String }

/** The reasons of what is unknown, each once. */
const reasonsIn = ({ findings }: AuditResults): string[] => [
  ...new Set(findings.filter(({ verdict }) => verdict === 'unknown').map(({ observed }) => observed)),
]
const passedIn = ({ findings }: AuditResults): string[] =>
  findings.filter(({ verdict }) => verdict === 'pass').map(({ check }) => check)

async function aHealthyStream(redis: Redis, stream = STREAM): Promise<void> {
  await redis.xgroup('CREATE', stream, 'g', '0', 'MKSTREAM')
  await redis.xadd(stream, '*', 'event', '{"seq":1}')
  await redis.xreadgroup('GROUP', 'g', 'a', 'COUNT', 1, 'STREAMS', stream, '>')
}

describe('a key of another type under the name of one stream', () => {
  test('makes only that one unknown; the others are judged', async ({ redis }) => {
    await aHealthyStream(redis)
    await redis.set('label_live', 'text')
    const results = await audit(redis, { checks: live, streams: [STREAM, 'label_live'] })
    expect(results.verdict).toBe('unknown')
    expect(reasonsIn(results)).toEqual([
      expect.stringMatching(/XINFO STREAM \(STREAM label_live\): WRONGTYPE/),
    ])
    const unknown = results.findings.filter(({ verdict }) => verdict === 'unknown')
    expect(new Set(unknown.map(({ subject }) => subject))).toEqual(new Set(['label_live']))
    expect(passedIn(results)).toEqual(
      expect.arrayContaining(['oldest-pending', 'cursor-stalled', 'lag-known']),
    )
  })

  test('of its dead letters or its cursor hides nothing else', async ({ redis }) => {
    await aHealthyStream(redis)
    await redis.set(`${STREAM}:dead-letters`, 'text')
    await redis.lpush(`${STREAM}:cursor:relay.example`, 'x')
    const results = await audit(redis, { checks: live, streams: [STREAM] })
    expect(reasonsIn(results)).toEqual([])
    const cursor = results.findings.find(({ check }) => check === 'cursor-and-data-together')
    expect(cursor?.observed).toContain('no cursor was found')
  })
})

describe('many', () => {
  const STREAMS = Array.from({ length: 10_000 }, (_, index) => `s${index}`)
  const fill = (redis: Redis) =>
    redis.eval("for i = 0, 9999 do redis.call('XADD', 's' .. i, '*', 'event', '{}') end return 1", 0)

  test('10,000 streams beside one are not looked at', async ({ redis }) => {
    await fill(redis)
    await aHealthyStream(redis)
    const before = performance.now()
    const results = await audit(redis, { checks: live, streams: [STREAM] })
    expect(performance.now() - before).toBeLessThan(1_000)
    expect(reasonsIn(results)).toEqual([expect.stringContaining('too many keys to look through')])
  })

  // Seconds on a machine that has nothing else to do.
  test('10,000 named streams are judged whole and told in a page', { timeout: 90_000 }, async ({ redis }) => {
    await fill(redis)
    const results = await audit(redis, { checks: live, streams: STREAMS, within: 60_000 })
    expect(reasonsIn(results)).not.toContainEqual(expect.stringContaining('no answer within'))
    expect(results.findings.length).toBeGreaterThan(10_000)
    expect(toTable(results, plain).split('\n').length).toBeLessThan(1_000)
  })

  test('5,000 groups are judged in seconds and told in a page', async ({ redis }) => {
    await redis.eval(
      "redis.call('XADD', KEYS[1], '*', 'event', '{}') for i = 1, 5000 do redis.call('XGROUP', 'CREATE', KEYS[1], 'g' .. i, '0') end return 1",
      1,
      STREAM,
    )
    const before = performance.now()
    const results = await audit(redis, { checks: live, streams: [STREAM] })
    expect(performance.now() - before).toBeLessThan(10_000)
    expect(reasonsIn(results)).toEqual([])
    expect(results.findings.filter(({ check }) => check === 'group-without-consumers')).toHaveLength(5_000)
    expect(toTable(results, plain)).toContain('4990 more')
  })
})

describe('a server that lacks commands', () => {
  test('as a managed one does, is judged by the others, and says which', async ({ redis }) => {
    await aHealthyStream(redis)
    const lacks = ['CONFIG', 'MEMORY', 'CLIENT LIST', 'ACL', 'XPENDING', 'TIME']
    await using server = await startFakeRedis(redis, { lacks })
    const results = await audit(server.url)
    const reasons = reasonsIn(results).join('\n')
    for (const named of ['CONFIG GET', 'MEMORY', 'CLIENT LIST', 'XPENDING', 'TIME'])
      expect(reasons).toContain(`this server offers no ${named}`)
    expect(passedIn(results)).toEqual(
      expect.arrayContaining(['eviction-policy', 'append-only-file', 'stream-expiry', 'deleted-entries']),
    )
  })

  test('that knows no streams at all passes no stream', async ({ redis }) => {
    await using server = await startFakeRedis(redis, { lacks: ['XINFO', 'XPENDING', 'XREVRANGE'] })
    const results = await audit(server.url, { checks: live, streams: [STREAM] })
    expect(results.verdict).toBe('unknown')
    expect(passedIn(results)).toEqual(
      ['refused-writes'].filter((check) => live.some(({ id }) => id === check)),
    )
    expect(reasonsIn(results)).toContainEqual(expect.stringContaining('this server offers no XINFO'))
  })

  test('but INFO is unknown in everything that INFO does not tell', async ({ redis }) => {
    const lacks = [
      'CONFIG',
      'XINFO',
      'PTTL',
      'TIME',
      'SCAN',
      'CLIENT',
      'ACL',
      'XPENDING',
      'MEMORY',
      'XREVRANGE',
    ]
    await using server = await startFakeRedis(redis, { lacks })
    const results = await audit(server.url, { checks: live })
    expect(passedIn(results)).toEqual([])
    expect(results.verdict).toBe('unknown')
  })

  test('even INFO is no server that could be audited, and that is said', async ({ redis }) => {
    await using server = await startFakeRedis(redis, { lacks: ['INFO'] })
    await expect(audit(server.url)).rejects.toThrow(/cannot reach Redis at .*unknown command 'info'/)
  })
})

describe('a server that breaks off', () => {
  test.for(['CLUSTER NODES', 'XINFO STREAM', 'XINFO GROUPS', 'XPENDING', 'XREVRANGE', 'SCAN'])(
    'in the middle of the answer to %s is unknown, at once',
    async (cutsOff, { redis }) => {
      await aHealthyStream(redis)
      await using server = await startFakeRedis(redis, { cutsOff })
      const before = performance.now()
      const results = await audit(server.url, { checks: live, streams: [STREAM], within: 3_000 })
      expect(performance.now() - before).toBeLessThan(5_000)
      expect(results.verdict).toBe('unknown')
      expect(reasonsIn(results).join('\n')).toMatch(/gave no answer|no answer within/)
    },
  )

  test('while it is watched is unknown, and the watch is over', async () => {
    await using dying = await startPrivateRedis({ listen: 'loopback' })
    const redis = await connectRedis(dying.url, { name: 'test' })
    const looking = audit(redis, { checks: live, streams: [STREAM], watchFor: 1_000 })
    await until(() => redis.info('commandstats').then((stats) => stats.includes('cmdstat_xinfo')), {
      within: 5_000,
      what: 'first look',
    })
    await dying.kill('SIGKILL')
    const { verdict, findings } = await Promise.race([looking, failsAfter(25_000)])
    redis.disconnect()
    expect(verdict).toBe('unknown')
    expect(findings.filter((finding) => finding.verdict === 'pass')).toEqual([])
  })

  test('a watch that is interrupted ends with the reason', async ({ redis }) => {
    const reason = new Error('told to stop')
    const stop = new AbortController()
    const looking = audit(redis, { checks: live, watchFor: 60_000, signal: stop.signal })
    stop.abort(reason)
    await expect(looking).rejects.toBe(reason)
  })
})

async function failsAfter(ms: number): Promise<never> {
  await new Promise((resolve) => setTimeout(resolve, ms).unref())
  throw new Error(`it took more than ${ms} ms`)
}
