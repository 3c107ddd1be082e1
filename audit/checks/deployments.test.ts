import { describe, expect, test } from 'vitest'
import type { Evidence } from '#audit/evidence.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import {
  aConfigFile,
  aNode,
  aSentinel,
  aServer,
  aWindow,
  groupEvidence,
  someSettings,
} from '#test/support/evidence.ts'
import { findingsOf, verdictOf } from '#test/support/verdicts.ts'
import { explainRefusal } from '../gather/explain-refusal.ts'
import clusterNodes from './cluster-nodes.ts'
import configDrift from './config-drift.ts'
import lagKnown from './lag-known.ts'
import sentinelQuorum from './sentinel-quorum.ts'
import serverRole from './server-role.ts'
import unreadTrimmed from './unread-trimmed.ts'

const ALL_SLOTS = [[0, 16_383]] as const
const replica = aNode({ id: 'n2', role: 'replica', primaryId: 'n1' })

describe('cluster-nodes', () => {
  test.each<{ when: string; nodes: Evidence['nodes']; verdict: Verdict }>([
    { when: 'all is well', nodes: [aNode({ slots: ALL_SLOTS }), replica], verdict: 'pass' },
    {
      when: 'one slot is served by nobody',
      nodes: [aNode({ slots: [[1, 16_383]] }), replica],
      verdict: 'fail',
    },
    {
      when: 'the replica does not answer',
      nodes: [aNode({ slots: ALL_SLOTS }), { ...replica, state: 'fail' }],
      verdict: 'warn',
    },
    {
      when: 'a primary does not answer',
      nodes: [aNode({ slots: ALL_SLOTS, state: 'suspected' }), replica],
      verdict: 'fail',
    },
    {
      when: 'one that failed over is still listed',
      nodes: [aNode({ id: 'old', state: 'fail' }), aNode({ slots: ALL_SLOTS }), replica],
      verdict: 'warn',
    },
    { when: 'there is no cluster', nodes: [], verdict: 'not-applicable' },
  ])('$when: $verdict', ({ nodes, verdict }) => {
    expect(verdictOf(clusterNodes, { nodes })).toBe(verdict)
  })

  test('the replicas of each primary are named', () => {
    const nodes = [aNode({ slots: ALL_SLOTS }), { ...replica, host: '10.0.0.9' }]
    expect(findingsOf(clusterNodes, { nodes })[1]?.observed).toBe(
      'answers; 16384 slots; replicas: 10.0.0.9:7001',
    )
  })
})

describe('sentinel-quorum', () => {
  test.each<{ when: string; sentinel: Evidence['sentinel']; verdict: Verdict }>([
    { when: 'three watch, and there is a replica', sentinel: aSentinel(), verdict: 'pass' },
    {
      when: 'they cannot agree',
      sentinel: aSentinel({ noQuorum: 'NOQUORUM 1 usable Sentinels' }),
      verdict: 'fail',
    },
    { when: 'only two watch', sentinel: aSentinel({ sentinels: 2 }), verdict: 'warn' },
    { when: 'no replica is there', sentinel: aSentinel({ replicas: 0 }), verdict: 'fail' },
    {
      when: 'the primary counts as down',
      sentinel: aSentinel({ flags: ['master', 's_down'] }),
      verdict: 'fail',
    },
    { when: 'none led here', sentinel: null, verdict: 'not-applicable' },
  ])('$when: $verdict', ({ sentinel, verdict }) => {
    expect(verdictOf(sentinelQuorum, { sentinel })).toBe(verdict)
  })
})

describe('lag-known on a replica', () => {
  test.each<{ version: Record<string, string>; verdict: Verdict }>([
    { version: { redis_version: '7.0.15' }, verdict: 'unknown' },
    { version: { redis_version: '7.2.5' }, verdict: 'unknown' },
    { version: { redis_version: '8.0.2' }, verdict: 'pass' },
    { version: { redis_version: '7.2.4', valkey_version: '8.1.1' }, verdict: 'pass' },
  ])('of $version: $verdict', ({ version, verdict }) => {
    expect(verdictOf(lagKnown, { server: aServer({ ...version, role: 'slave' }) })).toBe(verdict)
  })
})

describe('a loss that the group forgets as it reads on', () => {
  const before = {
    state: { length: 1, entriesAdded: 9, firstEntryId: '9-0', lastEntryId: '9-0', lastGeneratedId: '9-0' },
    group: { lastDeliveredId: '5-0', entriesRead: 5 },
  }
  const after = { ...before, group: { lastDeliveredId: '9-0', entriesRead: 9 } }
  const told = (window: Evidence['window']) =>
    findingsOf(unreadTrimmed, { window, groups: [groupEvidence(after)] }).map(
      ({ verdict, observed }) => `${verdict}: ${observed}`,
    )

  test('is told by the look that saw it', () => {
    expect(told(aWindow(before, after))).toEqual(['fail: 3 entries, after 5-0 and before 9-0'])
  })

  test('control: without that look nothing shows it', () => {
    expect(told([])).toEqual(['pass: none that Redis could show'])
  })
})

describe('Valkey', () => {
  const valkey = aServer({ redis_mode: undefined, server_mode: 'cluster', valkey_version: '9.1.2' })

  test('names its mode otherwise', () => {
    expect(findingsOf(serverRole, { server: valkey })[0]?.observed).toBe('a primary, cluster')
  })

  test.each<{ runs: string; server: Evidence['server']; verdict: Verdict }>([
    { runs: '10485760', server: valkey, verdict: 'pass' },
    { runs: '1048576', server: valkey, verdict: 'warn' },
    { runs: '10485760', server: aServer(), verdict: 'warn' },
    { runs: '1048576', server: aServer(), verdict: 'pass' },
  ])('has a longer replication backlog by default: $runs is $verdict', ({ runs, server, verdict }) => {
    const settings = someSettings({ 'repl-backlog-size': runs })
    const said = [
      'aof-timestamp-enabled',
      'appendonly',
      'auto-aof-rewrite-min-size',
      'latency-monitor-threshold',
      'maxmemory',
      'min-replicas-to-write',
      'save',
    ]
    const file = aConfigFile(Object.fromEntries(said.map((name) => [name, settings.text(name)])))
    expect(verdictOf(configDrift, { server, settings, 'config-file': file })).toBe(verdict)
  })
})

test('a stream on another node is unknown to one that is asked alone, with the node to ask', () => {
  const moved = Object.assign(new Error('MOVED 15495 10.0.0.8:6379'), { name: 'ReplyError' })
  expect(explainRefusal(moved)).toBe(
    'it lies on another node of the cluster, 10.0.0.8:6379; audit that one as well',
  )
})
