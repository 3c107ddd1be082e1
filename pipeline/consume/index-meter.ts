import type { Registry } from 'prom-client'
import { type DeadLetterReason, INDEX_METRICS } from '#pipeline/contract.ts'
import { declaredMetrics } from '#pipeline/serve/declared-metrics.ts'
import type { Group } from '#pipeline/trim/gather-groups.ts'
import type { Membership } from './membership.ts'

const COUNTERS = [
  'delivered',
  'reclaimed',
  'committed',
  'superseded',
  'acknowledged',
  'lostBodies',
  'fenced',
  'sinkRetries',
  'redisErrors',
  'groupsCreated',
] as const

/** What the indexer counts and measures, without saying each time for which group. */
export interface IndexMeter {
  readonly registry: Registry
  count(what: (typeof COUNTERS)[number], entries?: number): void
  countDeadLetters(reason: DeadLetterReason, entries: number): void
  countTrimmed(entries: number): void
  observeCommit(seconds: number): void
  observeEvent(seconds: number): void
  setHeld(entries: number): void
  /** What all groups of the stream look like at `now`, in milliseconds since the epoch. */
  setGroups(groups: readonly Group[], now: number): void
}

/** The metrics of a process that indexes; several meters may count in them. */
export function indexMetrics() {
  return declaredMetrics(INDEX_METRICS)
}

/** Counters begin at 0, so that the first increase is seen as one. */
export function indexMeter(
  { stream, group }: Omit<Membership, 'consumer'>,
  { registry, metrics } = indexMetrics(),
): IndexMeter {
  const labels = { stream, group }
  for (const name of COUNTERS) metrics[name].inc(labels, 0)
  metrics.trimmed.inc({ stream }, 0)
  const commit = metrics.sinkCommit.labels(labels)
  const latency = metrics.eventLatency.labels(labels)
  const { lag, lagKnown, pending, oldestPendingAge, oldestPendingIdle } = metrics
  const gauges = [lag, lagKnown, pending, oldestPendingAge, oldestPendingIdle]
  let seen: readonly string[] = []
  return {
    registry,
    count: (what, entries = 1) => metrics[what].inc(labels, entries),
    countDeadLetters: (reason, entries) => metrics.deadLetters.inc({ ...labels, reason }, entries),
    countTrimmed: (entries) => metrics.trimmed.inc({ stream }, entries),
    observeCommit: (seconds) => commit.observe(seconds),
    observeEvent: (seconds) => latency.observe(seconds),
    setHeld: (entries) => metrics.held.set(labels, entries),
    setGroups(groups, now) {
      for (const gauge of gauges) for (const name of seen) gauge.remove({ stream, group: name })
      seen = groups.map(({ name }) => name)
      for (const state of groups) {
        const of = { stream, group: state.name }
        lagKnown.set(of, state.lag === null ? 0 : 1)
        if (state.lag !== null) lag.set(of, state.lag)
        pending.set(of, state.pending)
        oldestPendingAge.set(of, ageSeconds(state.oldestPendingId, now))
        oldestPendingIdle.set(of, (state.oldestPending?.idleMs ?? 0) / 1_000)
      }
    },
  }
}

/** An entry's ID begins with the moment it was added, by the clock of Redis. */
function ageSeconds(id: string | null, now: number): number {
  return id === null ? 0 : Math.max(0, (now - Number(id.split('-')[0])) / 1_000)
}
