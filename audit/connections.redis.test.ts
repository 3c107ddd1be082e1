import { execFile } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { makeAuthority, makeCertificate } from '#test/support/certificates.ts'
import { startRedisWithConfig } from '#test/support/redis-with-config.ts'
import { aclRules } from './acl-rules.ts'
import { audit } from './audit.ts'
import type { AuditResults } from './audit-results.ts'

const foundBy = ({ findings }: AuditResults, check: string) =>
  findings.filter((finding) => finding.check === check)

/** The program as a person runs it. */
async function runAudit(args: readonly string[]) {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('STANDPIPE_'))
  const options = { env: Object.fromEntries(own) as NodeJS.ProcessEnv, timeout: 20_000 }
  const run = promisify(execFile)(process.execPath, ['audit/01-configuration-audit.ts', ...args], options)
  const { stdout, stderr, code } = await run.then(
    (said) => ({ ...said, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  )
  return { printed: stdout, said: stderr, code }
}

describe('TLS', () => {
  test('with a user of the printed rules everything is seen, by an authority that a flag names', async () => {
    const port = await freePort()
    await using server = await startRedisWithConfig(
      [
        `tls-port ${port}`,
        'tls-cert-file server.pem',
        'tls-key-file server.key',
        'tls-ca-cert-file ca.pem',
        'tls-auth-clients no',
        `user auditor reset on >hunter2 ${aclRules(['firehose_live']).join(' ')}`,
      ],
      {
        prepare(dir) {
          makeAuthority(dir)
          makeCertificate(dir, 'server')
        },
      },
    )
    const url = `rediss://auditor:hunter2@localhost:${port}`
    const ca = join(server.dir, 'ca.pem')
    const args = ['--redis-url', url, '--redis-tls-ca', ca, '--format', 'json']
    const { printed, said, code } = await runAudit(args)
    expect(said).not.toContain('hunter2')
    const results = JSON.parse(printed) as AuditResults
    expect(code).not.toBe(EXIT.dependency)
    expect(results.server.url).toBe(`rediss://auditor:***@localhost:${port}?ca=${ca}`)
    expect(results.findings.filter(({ observed }) => observed.includes('does not permit'))).toEqual([])
    expect(foundBy(results, 'network-exposure')[0]?.verdict).not.toBe('unknown')

    const untrusted = await audit(url).catch((error: Error) => error)
    expect(untrusted).toMatchObject({ message: expect.stringMatching(/^cannot reach Redis(?!.*hunter2)/) })
  })
})

describe('a managed server without CONFIG', () => {
  test('is judged by what INFO tells, and the rest is unknown', async () => {
    await using server = await startRedisWithConfig(['rename-command CONFIG ""', 'maxmemory 256mb'])
    const results = await audit(server.url)
    expect(foundBy(results, 'eviction-policy')[0]).toMatchObject({
      verdict: 'pass',
      evidence: expect.arrayContaining([
        { command: 'INFO everything', value: 'maxmemory-policy=noeviction' },
      ]),
    })
    expect(foundBy(results, 'tcp-keepalive')[0]).toMatchObject({
      verdict: 'unknown',
      observed: expect.stringContaining('this server offers no CONFIG GET'),
    })
  })
})

describe('drift', () => {
  test('what was set at run time is held against the file on the disk, with its line', async () => {
    await using server = await startRedisWithConfig(['maxmemory 1gb', 'appendonly yes', 'save ""'])
    const ids = ['config-drift', 'declared-settings']
    const drift = async () => {
      const { findings } = await audit(server.url, {
        manifest: { streams: {}, settings: { 'maxmemory-policy': 'noeviction' }, limits: {} },
      })
      return findings.filter(({ check, verdict }) => ids.includes(check) && verdict !== 'pass')
    }
    expect(await drift()).toEqual([])

    const redis = await connectRedis(server.url, { name: 'test' })
    await redis.config('SET', 'maxmemory', '2gb')
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru')
    const found = await drift()
    expect(found.map(({ check, subject, verdict }) => [check, subject, verdict])).toEqual([
      ['config-drift', 'maxmemory', 'fail'],
      ['config-drift', 'maxmemory-policy', 'fail'],
      ['declared-settings', 'maxmemory-policy', 'fail'],
    ])
    const line = readFileSync(server.file, 'utf8').split('\n').indexOf('maxmemory 1gb') + 1
    expect(found[0]?.evidence.at(-1)?.place).toEqual({ file: server.file, line })
    expect(found[1]?.observed).toContain('says nothing, and so "noeviction"')

    await redis.config('REWRITE')
    redis.disconnect()
    expect((await drift()).map(({ check }) => check)).toEqual(['declared-settings'])
  })
})

describe('the command line', () => {
  test('waives, compares with a baseline, and keeps what a manifest declares', async () => {
    await using server = await startRedisWithConfig([
      'appendonly yes',
      'save ""',
      'maxmemory-policy allkeys-lru',
    ])
    const file = (name: string, text: string) => {
      const path = join(server.dir, name)
      writeFileSync(path, text)
      return path
    }
    const only = ['--only', 'eviction-policy,max-memory', '--format', 'json', '--redis-url', server.url]
    const first = await runAudit(only)
    expect(first.code).toBe(EXIT.failed)

    const expires = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
    const waivers = file(
      'waivers.yaml',
      `waivers:\n  - { check: eviction-policy, reason: a test, owner: Ada, expires: ${expires} }\n`,
    )
    const limits = file('standpipe.yaml', 'limits:\n  max-memory: { askedBytes: 0 }\n')
    const waived = await runAudit([...only, '--waivers', waivers, '--manifest', limits])
    expect(JSON.parse(waived.printed).findings[0]).toMatchObject({ waived: { owner: 'Ada', expires } })
    expect(waived.code).toBe(EXIT.failed)

    const known = await runAudit([...only, '--baseline', file('earlier.json', first.printed)])
    expect(known.code).toBe(EXIT.ok)
    expect(JSON.parse(known.printed).verdict).toBe('pass')

    const expired = await runAudit([
      ...only,
      '--waivers',
      file('w.yaml', readFileSync(waivers, 'utf8').replace(expires, '2026-01-01')),
    ])
    expect(expired.code).toBe(EXIT.failed)
    expect(expired.printed).toContain('expired on 2026-01-01')
  })
})
