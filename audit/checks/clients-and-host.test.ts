import { describe, expect, test } from 'vitest'
import { aHost, aServer, someSettings } from '#test/support/evidence.ts'
import { findingsOf, verdictOf } from '#test/support/verdicts.ts'
import { met27 } from '../profiles/met-27.ts'
import maxclients from './maxclients.ts'
import overcommitMemory from './overcommit-memory.ts'
import serverVersion from './server-version.ts'
import tcpKeepalive from './tcp-keepalive.ts'
import transparentHugePages from './transparent-huge-pages.ts'

test.each([
  { seconds: '0', timeout: '0', verdict: 'warn' },
  { seconds: '59', timeout: '0', verdict: 'warn' },
  { seconds: '60', timeout: '0', verdict: 'pass' },
  { seconds: '300', timeout: '0', verdict: 'pass' },
  { seconds: '301', timeout: '0', verdict: 'warn' },
  { seconds: '300', timeout: '30', verdict: 'warn' },
])('a keep-alive of $seconds s and a timeout of $timeout s are judged $verdict', (row) => {
  const settings = someSettings({ 'tcp-keepalive': row.seconds, timeout: row.timeout })
  expect(verdictOf(tcpKeepalive, { settings })).toBe(row.verdict)
})

test('met-27 asks for a keep-alive of exactly 300 s', () => {
  const settings = someSettings({ 'tcp-keepalive': '60' })
  expect(verdictOf(tcpKeepalive, { settings }, met27)).toBe('warn')
  expect(verdictOf(tcpKeepalive, {}, met27)).toBe('pass')
})

describe('maxclients', () => {
  test.each([
    { connected: '799', most: '1000', verdict: 'pass' },
    { connected: '800', most: '1000', verdict: 'warn' },
    { connected: '950', most: '1000', verdict: 'fail' },
    { connected: '1', most: '999', verdict: 'warn' },
  ])('$connected of $most connections is judged $verdict', ({ connected, most, verdict }) => {
    const settings = someSettings({ maxclients: most })
    expect(verdictOf(maxclients, { settings, server: aServer({ connected_clients: connected }) })).toBe(
      verdict,
    )
  })

  test('a limit that the open files of the process leave is told as such', () => {
    const findings = findingsOf(maxclients, { settings: someSettings({ maxclients: '992' }) })
    expect(findings[1]).toMatchObject({ verdict: 'warn' })
    expect(findings[1]?.observed).toBe('992, as an open-files limit of 1024 leaves')
    expect(findings[1]?.remedy).toContain('LimitNOFILE')
  })
})

test.each([
  { mode: 'never', own: true, verdict: 'pass' },
  { mode: 'madvise', own: true, verdict: 'pass' },
  { mode: 'always', own: false, verdict: 'pass' },
  { mode: 'always', own: true, verdict: 'fail' },
  { mode: 'always', own: null, verdict: 'fail' },
  { mode: 'something else', own: null, verdict: 'unknown' },
])('huge pages $mode, taken by the process: $own, is judged $verdict', ({ mode, own, verdict }) => {
  const host = aHost({ transparentHugePages: mode, processTakesHugePages: own })
  expect(verdictOf(transparentHugePages, { host })).toBe(verdict)
})

test.each([
  { mode: 0, verdict: 'warn' },
  { mode: 1, verdict: 'pass' },
  { mode: 2, verdict: 'fail' },
  { mode: Number.NaN, verdict: 'unknown' },
])('vm.overcommit_memory $mode is judged $verdict', ({ mode, verdict }) => {
  expect(verdictOf(overcommitMemory, { host: aHost({ overcommitMemory: mode }) })).toBe(verdict)
})

describe('server-version', () => {
  test.each([
    { version: '6.0.16', verdict: 'fail' },
    { version: '6.2.6', verdict: 'warn' },
    { version: '7.0.4', verdict: 'fail' },
    { version: '7.0.5', verdict: 'warn' },
    { version: '7.0.15', verdict: 'warn' },
    { version: '7.2.5', verdict: 'warn' },
    { version: '7.4.11', verdict: 'pass' },
    { version: '8.0.0', verdict: 'pass' },
    { version: '8.2.0', verdict: 'fail' },
    { version: '8.2.2', verdict: 'warn' },
    { version: '8.2.9', verdict: 'pass' },
    { version: '8.4.3', verdict: 'warn' },
    { version: '8.6.1', verdict: 'warn' },
    { version: '8.10.0', verdict: 'pass' },
  ])('redis $version is judged $verdict', ({ version, verdict }) => {
    expect(verdictOf(serverVersion, { server: aServer({ redis_version: version }) })).toBe(verdict)
  })

  test('a defect of a command counts in full only where the command was called', () => {
    const server = aServer({ redis_version: '8.2.2', cmdstat_xackdel: 'calls=1' })
    expect(verdictOf(serverVersion, { server })).toBe('fail')
  })

  test('a server that is like Redis is judged by its own name and version', () => {
    const server = aServer({ redis_version: '7.2.4', valkey_version: '8.1.0' })
    expect(findingsOf(serverVersion, { server })[0]).toMatchObject({
      subject: 'valkey 8.1.0',
      verdict: 'warn',
    })
  })
})
