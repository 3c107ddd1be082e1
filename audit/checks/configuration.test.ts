import { describe, expect, test } from 'vitest'
import type { Evidence } from '#audit/evidence.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import {
  aConfigFile,
  aCursor,
  aHost,
  aManifest,
  aServer,
  aStream,
  aStreamState,
  someAccess,
  someSettings,
} from '#test/support/evidence.ts'
import { findingsOf, verdictOf } from '#test/support/verdicts.ts'
import type { Check } from '../check.ts'
import aofCorruptTail from './aof-corrupt-tail.ts'
import aofLoadTruncated from './aof-load-truncated.ts'
import aofTimestamps from './aof-timestamps.ts'
import clockOffset from './clock-offset.ts'
import clockSource from './clock-source.ts'
import clusterSlots from './cluster-slots.ts'
import configDrift from './config-drift.ts'
import dangerousCommands from './dangerous-commands.ts'
import declaredSettings from './declared-settings.ts'
import latencyMonitor from './latency-monitor.ts'
import listenBacklog from './listen-backlog.ts'
import networkExposure from './network-exposure.ts'
import openFiles from './open-files.ts'
import replicaSafety from './replica-safety.ts'
import replicationBacklog from './replication-backlog.ts'
import serverRole from './server-role.ts'
import slowLog from './slow-log.ts'
import swap from './swap.ts'

const MiB = 1024 ** 2

interface Row {
  readonly check: Check
  readonly when: string
  readonly evidence: Partial<Evidence>
  readonly verdict: Verdict
}

const setting = (name: string, value: string | undefined) => ({ settings: someSettings({ [name]: value }) })
const server = (name: string, value: string) => ({ server: aServer({ [name]: value }) })
const host = (overrides: Parameters<typeof aHost>[0]) => ({ host: aHost(overrides) })
const time = (offsetMs: number, roundTripMs: number) => ({
  time: { serverMs: 1_000_000 + offsetMs, localMs: 1_000_000, roundTripMs, quotes: [] },
})

const ROWS: readonly Row[] = [
  { check: aofTimestamps, when: 'off', evidence: setting('aof-timestamp-enabled', 'no'), verdict: 'warn' },
  {
    check: aofTimestamps,
    when: 'unknown to the server',
    evidence: setting('aof-timestamp-enabled', undefined),
    verdict: 'not-applicable',
  },
  {
    check: aofCorruptTail,
    when: '1 MB may be cut',
    evidence: setting('aof-load-corrupt-tail-max-size', '1048576'),
    verdict: 'warn',
  },
  {
    check: aofLoadTruncated,
    when: 'no cursor is beside',
    evidence: { cursors: [aCursor({ cursors: [] })] },
    verdict: 'warn',
  },
  {
    check: aofLoadTruncated,
    when: 'no cursor, and it refuses to start',
    evidence: { ...setting('aof-load-truncated', 'no'), cursors: [aCursor({ cursors: [] })] },
    verdict: 'pass',
  },
  {
    check: aofLoadTruncated,
    when: 'nothing was stored yet',
    evidence: { streams: [aStream({ state: null })], cursors: [] },
    verdict: 'pass',
  },
  {
    check: latencyMonitor,
    when: 'off',
    evidence: setting('latency-monitor-threshold', '0'),
    verdict: 'warn',
  },
  {
    check: latencyMonitor,
    when: '1 ms',
    evidence: setting('latency-monitor-threshold', '1'),
    verdict: 'pass',
  },
  {
    check: latencyMonitor,
    when: '1,001 ms',
    evidence: setting('latency-monitor-threshold', '1001'),
    verdict: 'warn',
  },
  { check: slowLog, when: 'off', evidence: setting('slowlog-log-slower-than', '-1'), verdict: 'warn' },
  { check: slowLog, when: 'everything', evidence: setting('slowlog-log-slower-than', '0'), verdict: 'pass' },
  { check: slowLog, when: 'short', evidence: setting('slowlog-max-len', '127'), verdict: 'warn' },
  {
    check: replicationBacklog,
    when: 'without replicas',
    evidence: server('connected_slaves', '0'),
    verdict: 'not-applicable',
  },
  {
    check: replicationBacklog,
    when: 'the default of 1 MB',
    evidence: setting('repl-backlog-size', String(MiB)),
    verdict: 'fail',
  },
  {
    check: replicationBacklog,
    when: '20 s of it',
    evidence: setting('repl-backlog-size', String(20 * 1_000 * 810)),
    verdict: 'warn',
  },
  {
    check: replicaSafety,
    when: 'alone',
    evidence: server('connected_slaves', '0'),
    verdict: 'not-applicable',
  },
  {
    check: replicaSafety,
    when: 'nothing is asked of replicas',
    evidence: setting('min-replicas-to-write', '0'),
    verdict: 'warn',
  },
  {
    check: replicaSafety,
    when: 'the primary persists nothing',
    evidence: setting('appendonly', 'no'),
    verdict: 'fail',
  },
  { check: serverRole, when: 'a replica', evidence: server('role', 'slave'), verdict: 'warn' },
  { check: serverRole, when: 'a Sentinel', evidence: server('redis_mode', 'sentinel'), verdict: 'fail' },
  { check: serverRole, when: 'something else', evidence: server('role', 'handshake'), verdict: 'unknown' },
  {
    check: clusterSlots,
    when: 'the cursor is elsewhere',
    evidence: {
      cluster: {
        enabled: true,
        slots: [
          {
            stream: 's',
            keys: [
              { key: 's', slot: 1 },
              { key: 's:cursor:h', slot: 2 },
            ],
            quotes: [],
          },
        ],
      },
    },
    verdict: 'fail',
  },
  {
    check: clusterSlots,
    when: 'no cluster',
    evidence: { cluster: { enabled: false, slots: [] } },
    verdict: 'not-applicable',
  },
  { check: swap, when: '1 MiB', evidence: host({ swappedBytes: MiB }), verdict: 'warn' },
  { check: swap, when: '100 MiB', evidence: host({ swappedBytes: 100 * MiB }), verdict: 'fail' },
  { check: swap, when: 'unseen', evidence: host({ swappedBytes: null }), verdict: 'unknown' },
  { check: listenBacklog, when: 'too low', evidence: host({ listenBacklog: 128 }), verdict: 'warn' },
  { check: clockSource, when: 'xen', evidence: host({ clockSource: 'xen' }), verdict: 'warn' },
  { check: clockSource, when: 'unseen', evidence: host({ clockSource: null }), verdict: 'unknown' },
  { check: openFiles, when: 'too few', evidence: host({ openFilesLimit: 10_031 }), verdict: 'warn' },
  { check: openFiles, when: 'just enough', evidence: host({ openFilesLimit: 10_032 }), verdict: 'pass' },
  { check: openFiles, when: 'unseen', evidence: host({ openFilesLimit: null }), verdict: 'unknown' },
  { check: clockOffset, when: '249 ms', evidence: time(249, 0), verdict: 'pass' },
  { check: clockOffset, when: '250 ms behind', evidence: time(-250, 0), verdict: 'warn' },
  { check: clockOffset, when: '5 s', evidence: time(5_000, 0), verdict: 'fail' },
  { check: clockOffset, when: '300 ms over a slow line', evidence: time(300, 200), verdict: 'pass' },
  {
    check: networkExposure,
    when: 'open to all',
    evidence: { ...setting('protected-mode', 'no'), access: someAccess({ anonymous: true }) },
    verdict: 'fail',
  },
  {
    check: networkExposure,
    when: 'open, protected mode on',
    evidence: { access: someAccess({ anonymous: true }) },
    verdict: 'pass',
  },
  {
    check: networkExposure,
    when: 'no address named, protected mode off',
    evidence: {
      settings: someSettings({ bind: '', 'protected-mode': 'no' }),
      access: someAccess({ anonymous: true }),
    },
    verdict: 'fail',
  },
  {
    check: networkExposure,
    when: 'this host only',
    evidence: {
      settings: someSettings({ bind: '127.0.0.1 -::1', 'protected-mode': 'no' }),
      access: someAccess({ anonymous: true }),
    },
    verdict: 'pass',
  },
  {
    check: networkExposure,
    when: 'a socket only',
    evidence: {
      settings: someSettings({ port: '0', 'protected-mode': 'no' }),
      access: someAccess({ anonymous: true }),
    },
    verdict: 'pass',
  },
  {
    check: dangerousCommands,
    when: 'somebody may FLUSHALL',
    evidence: { access: someAccess({ users: [{ user: 'app', may: ['FLUSHALL'] }] }) },
    verdict: 'warn',
  },
  {
    check: dangerousCommands,
    when: 'nobody can say',
    evidence: { access: someAccess({ users: [{ user: 'app', may: null }] }) },
    verdict: 'unknown',
  },
  {
    check: dangerousCommands,
    when: 'DEBUG is on',
    evidence: setting('enable-debug-command', 'yes'),
    verdict: 'warn',
  },
  {
    check: declaredSettings,
    when: 'other',
    evidence: setting('maxmemory-policy', 'allkeys-lru'),
    verdict: 'fail',
  },
  {
    check: declaredSettings,
    when: 'unknown to the server',
    evidence: { manifest: aManifest({ settings: { 'no-such-setting': '1' } }) },
    verdict: 'unknown',
  },
  {
    check: declaredSettings,
    when: 'nothing declared',
    evidence: { manifest: null },
    verdict: 'not-applicable',
  },
]

test.each(ROWS)('$check.id, $when: $verdict', ({ check, evidence, verdict }) => {
  expect(verdictOf(check, evidence)).toBe(verdict)
})

test('how much a short backlog holds is told in seconds', () => {
  const streams = [aStream({ state: aStreamState({ length: 0, firstEntryId: null }) })]
  const [finding] = findingsOf(replicationBacklog, {
    ...setting('repl-backlog-size', String(MiB)),
    streams,
  })
  expect(finding?.observed).toBe('1 MiB, 2.16 s at 600 events/s assumed and 1 group')
})

describe('config-drift', () => {
  const drift = (file: Record<string, string>, runs: Record<string, string>) =>
    findingsOf(configDrift, { settings: someSettings(runs), 'config-file': aConfigFile(file) })
      .filter(({ verdict }) => verdict !== 'pass')
      .map(({ subject, verdict }) => [subject, verdict])
  const file: Record<string, string> = Object.fromEntries(
    ['appendonly', 'maxmemory', 'maxmemory-policy', 'save'].map((name) => [name, someSettings().text(name)]),
  )
  const whole: Record<string, string> = {
    ...file,
    'aof-timestamp-enabled': 'yes',
    'auto-aof-rewrite-min-size': '1gb',
  }
  const rest = {
    'latency-monitor-threshold': '0',
    'min-replicas-to-write': '0',
    'repl-backlog-size': '1048576',
  }

  test('the same written in another way is no drift', () => {
    expect(drift({ ...whole, maxmemory: '8gb' }, rest)).toEqual([])
    expect(drift({ ...whole, 'client-output-buffer-limit': 'replica 256mb 64mb 60' }, rest)).toEqual([])
  })

  test('what was changed at run time is told with its line, and fails where events depend on it', () => {
    expect(drift({ ...whole, 'maxmemory-policy': 'allkeys-lru' }, rest)).toEqual([
      ['maxmemory-policy', 'fail'],
    ])
    expect(drift({ ...whole, timeout: '30' }, rest)).toEqual([['timeout', 'warn']])
    const [finding] = findingsOf(configDrift, {
      settings: someSettings(rest),
      'config-file': aConfigFile({ ...whole, appendonly: 'no' }),
    })
    expect(finding?.observed).toBe('"yes" runs, line 1 of /etc/redis/redis.conf says "no"')
  })

  test('a file that says nothing means the default', () => {
    const { appendonly: _, ...silent } = whole
    expect(drift(silent, rest)).toEqual([['appendonly', 'fail']])
    expect(drift({ ...silent, include: '/etc/redis/more.conf' }, rest)).toEqual([])
  })

  test('a server without a file has nothing that could drift', () => {
    expect(verdictOf(configDrift, { 'config-file': null })).toBe('not-applicable')
  })
})
