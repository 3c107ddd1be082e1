import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { type PrivateRedis, startPrivateRedis } from '#kernel/redis/private-redis.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import { aclRules } from './acl-rules.ts'
import { audit } from './audit.ts'
import type { AuditResults } from './audit-results.ts'
import { checks } from './checks/index.ts'
import { findProfile } from './find-profile.ts'
import { isLive } from './is-live.ts'
import { toReport } from './to-report.ts'

/** What a buffer wants of Redis 7.0; the checks of version and host depend on where the tests run. */
const RIGHT = {
  maxmemory: '256mb',
  'maxmemory-clients': '10%',
  maxclients: '2000',
  'latency-monitor-threshold': '100',
}
const ELSEWHERE = [
  'server-version',
  'transparent-huge-pages',
  'overcommit-memory',
  'disk-headroom',
  'file-system',
  'swap',
  'listen-backlog',
  'clock-source',
  // A private Redis has the one user that it came with.
  'dangerous-commands',
]

let right: PrivateRedis
beforeAll(async () => {
  right = await startPrivateRedis({ listen: 'loopback', config: RIGHT })
})
afterAll(async () => {
  await right[Symbol.asyncDispose]()
})

const verdictsIn =
  ({ findings }: AuditResults) =>
  (check: string) =>
    findings.filter((finding) => finding.check === check).map(({ verdict }) => verdict)

test('a Redis configured for a buffer passes every check of its configuration', async () => {
  const { findings, server } = await audit(right.url, { checks: checks.filter((check) => !isLive(check)) })
  expect(server).toMatchObject({ url: right.url, version: expect.stringMatching(/^(redis|valkey) \d/) })
  const blamed = findings.filter(
    ({ check, verdict }) => !ELSEWHERE.includes(check) && verdict !== 'pass' && verdict !== 'not-applicable',
  )
  expect(blamed).toEqual([])
})

const WRONG: { check: string; config: Record<string, string>; verdict: Verdict }[] = [
  { check: 'eviction-policy', config: { 'maxmemory-policy': 'allkeys-lru' }, verdict: 'fail' },
  { check: 'append-only-file', config: { appendonly: 'no' }, verdict: 'fail' },
  { check: 'append-fsync', config: { appendfsync: 'no' }, verdict: 'fail' },
  { check: 'max-memory', config: { maxmemory: '0' }, verdict: 'fail' },
  { check: 'memory-headroom', config: { maxmemory: '600kb' }, verdict: 'fail' },
  { check: 'aof-rewrite', config: { 'auto-aof-rewrite-min-size': '64mb' }, verdict: 'warn' },
  { check: 'no-appendfsync-on-rewrite', config: { 'no-appendfsync-on-rewrite': 'yes' }, verdict: 'warn' },
  { check: 'rdb-save-coupling', config: { save: '3600 1' }, verdict: 'warn' },
  { check: 'client-output-buffer', config: { 'maxmemory-clients': '0' }, verdict: 'warn' },
  { check: 'tcp-keepalive', config: { 'tcp-keepalive': '0' }, verdict: 'warn' },
  { check: 'maxclients', config: { maxclients: '100' }, verdict: 'warn' },
  { check: 'aof-timestamps', config: { 'aof-timestamp-enabled': 'no' }, verdict: 'warn' },
  { check: 'latency-monitor', config: { 'latency-monitor-threshold': '0' }, verdict: 'warn' },
  { check: 'slow-log', config: { 'slowlog-log-slower-than': '-1' }, verdict: 'warn' },
  { check: 'listen-backlog', config: { 'tcp-backlog': '100000' }, verdict: 'warn' },
  { check: 'stream-node-size', config: { 'stream-node-max-bytes': '0' }, verdict: 'warn' },
]

test.each(WRONG)('$check is judged $verdict on a server started with $config', async (row) => {
  await using wrong = await startPrivateRedis({ config: { ...RIGHT, ...row.config } })
  expect(verdictsIn(await audit(wrong.url))(row.check)).toContain(row.verdict)
  expect(verdictsIn(await audit(right.url))(row.check)).not.toContain(row.verdict)
})

test('the loss is told in the entries that are in the stream now', async () => {
  await using wrong = await startPrivateRedis({ config: { 'maxmemory-policy': 'allkeys-lru' } })
  const redis = await connectRedis(wrong.url, { name: 'test' })
  for (let entry = 0; entry < 3; entry++) await redis.xadd('firehose_live', '*', 'event', '{}')
  const { findings } = await audit(redis)
  redis.disconnect()
  const [found] = findings.filter(({ check }) => check === 'eviction-policy')
  expect(found?.observed).toContain('one eviction deletes the whole stream: 3 entries')
})

test('met-27 gets its 2 GB allkeys-lru judged as asked: no failure, and the loss named', async () => {
  await using asked = await startPrivateRedis({
    config: { maxmemory: '2gb', 'maxmemory-policy': 'allkeys-lru', 'auto-aof-rewrite-min-size': '64mb' },
  })
  const results = await audit(asked.url, { profile: findProfile('met-27') })
  const verdicts = verdictsIn(results)
  expect(verdicts('max-memory')).not.toContain('fail')
  expect(verdicts('eviction-policy')).toEqual(['warn'])
  expect(verdicts('aof-rewrite')).toEqual(['pass', 'pass'])
  expect(verdictsIn(await audit(asked.url))('eviction-policy')).toEqual(['fail'])
})

describe('the host', () => {
  test('is judged when the process is proven to be here, by socket and by port', async () => {
    await using here = await startPrivateRedis()
    for (const url of [here.url, right.url]) {
      const verdicts = verdictsIn(await audit(url))
      for (const check of ['transparent-huge-pages', 'overcommit-memory', 'disk-headroom']) {
        expect(verdicts(check)).not.toContain('unknown')
        expect(verdicts(check)).not.toContain('not-applicable')
      }
    }
  })
})

describe('a user who may not everything', () => {
  const grant = async (...rules: string[]) => {
    const redis = await connectRedis(right.url, { name: 'test' })
    await redis.call('ACL', 'SETUSER', 'auditor', 'reset', 'on', '>hunter2', ...rules)
    redis.disconnect()
    return right.url.replace('redis://', 'redis://auditor:hunter2@')
  }

  test('without CONFIG, what INFO tells is judged and the rest is unknown, naming the permission', async () => {
    const results = await audit(await grant('~*', '+@all', '-config'))
    const verdicts = verdictsIn(results)
    for (const check of ['eviction-policy', 'append-only-file', 'memory-headroom', 'maxclients']) {
      expect(verdicts(check)).not.toContain('unknown')
    }
    const fromInfo = results.findings.find(({ check }) => check === 'eviction-policy')
    expect(fromInfo?.evidence[0]).toEqual({
      command: 'INFO everything',
      value: 'maxmemory-policy=noeviction',
    })
    const unknown = results.findings.filter(
      ({ check }) => check === 'append-fsync' || check === 'tcp-keepalive',
    )
    for (const finding of unknown) {
      expect(finding).toMatchObject({ verdict: 'unknown' })
      expect(finding.observed).toContain('ACL SETUSER <user> +config|get')
    }
    expect(unknown).toHaveLength(2)
    expect(results.verdict).toBe('unknown')
    expect(JSON.stringify(results)).not.toContain('hunter2')
  })

  test('without INFO and CONFIG nothing is a pass', async () => {
    const asked = checks.filter(({ needs }) => !needs.includes('sentinel'))
    const results = await audit(await grant('~*', '+ping', '+client', '+select'), { checks: asked })
    expect(new Set(results.findings.map(({ verdict }) => verdict))).toEqual(new Set(['unknown']))
    expect(results.server.version).toBeNull()
  })

  test('needs no permission to write: none of its commands is a write', async () => {
    const url = await grant(...aclRules(['firehose_live']))
    const redis = await connectRedis(right.url, { name: 'test' })
    await redis.config('RESETSTAT')
    const { findings } = await audit(url)
    const stats = await redis.info('commandstats')
    const writes = new Set((await redis.call('ACL', 'CAT', 'write')) as string[])
    redis.disconnect()

    const ran = [...stats.matchAll(/cmdstat_([^:|]+)/g)].map((match) => match[1] ?? '')
    expect(ran).toEqual(expect.arrayContaining(['info', 'config', 'xinfo', 'pttl']))
    expect(ran.filter((command) => writes.has(command))).toEqual([])
    expect(writes).toContain('xadd')
    expect(findings.filter(({ observed }) => observed.includes('does not permit'))).toEqual([])
  })
})

describe('a server in trouble', () => {
  test('that cannot be reached is a failure of its own, without the password', async () => {
    const attempt = audit('redis://:hunter2@127.0.0.1:1')
    await expect(attempt).rejects.toThrow('cannot reach Redis at redis://:***@127.0.0.1:1')
    await expect(attempt).rejects.toThrow(/^(?!.*hunter2)/)
  })

  test('that dies after the connection was made leaves everything unknown, at once', async () => {
    await using dying = await startPrivateRedis({ listen: 'loopback' })
    const redis = await connectRedis(dying.url, { name: 'test' })
    await dying.kill('SIGKILL')
    const before = performance.now()
    const { verdict, findings } = await audit(redis)
    expect(performance.now() - before).toBeLessThan(5_000)
    redis.disconnect()
    expect(verdict).toBe('unknown')
    expect(findings.filter(({ verdict: one }) => one === 'pass')).toEqual([])
    expect(findings[0]?.observed).toMatch(/Redis gave no answer while/)
  })

  test('that hangs is waited for no longer than said', async () => {
    await using hanging = await startPrivateRedis({ listen: 'loopback' })
    const redis = await connectRedis(hanging.url, { name: 'test' })
    process.kill(hanging.pid ?? 0, 'SIGSTOP')
    const { findings } = await audit(redis, { within: 100 })
    process.kill(hanging.pid ?? 0, 'SIGCONT')
    redis.disconnect()
    expect(findings.map(({ observed }) => observed)).toContain('no answer within 100 ms')
    expect(findings.filter(({ verdict }) => verdict === 'pass')).toEqual([])
  })

  test('whose stream is of another type is still judged by its configuration', async () => {
    await using odd = await startPrivateRedis({ config: RIGHT })
    const redis = await connectRedis(odd.url, { name: 'test' })
    await redis.set('firehose_live', 'not a stream')
    const verdicts = verdictsIn(await audit(redis))
    redis.disconnect()
    expect(verdicts('eviction-policy')).toEqual(['pass'])
  })
})

describe('the document', () => {
  const schema = JSON.parse(readFileSync('audit/audit.schema.json', 'utf8'))
  const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema)

  test('fits its published schema', async () => {
    const results = await audit(right.url)
    validate(JSON.parse(JSON.stringify(results)))
    expect(validate.errors).toBeNull()
  })

  test('the schema would notice a finding without a remedy, and a verdict of our own making', async () => {
    const results = JSON.parse(JSON.stringify(await audit(right.url)))
    delete results.findings[0].remedy
    results.verdict = 'fine'
    expect(validate(results)).toBe(false)
    expect(validate.errors?.length).toBeGreaterThanOrEqual(2)
  })

  test('becomes a report of the same verdict, with what could not be judged as caveats', async () => {
    const results = await audit(right.url, { profile: findProfile('met-27') })
    const report = toReport(results)
    expect(report).toMatchObject({
      area: 'audit',
      verdict: results.verdict,
      environment: { profile: 'met-27' },
    })
    const told = report.sections.flatMap(({ statements }) =>
      statements.map(({ subject, says }) => subject + says),
    )
    for (const { check } of results.findings) expect(told.join('\n')).toContain(check)
    expect(report.caveats).toHaveLength(
      results.findings.filter(({ verdict }) => verdict === 'unknown').length,
    )
  })
})
