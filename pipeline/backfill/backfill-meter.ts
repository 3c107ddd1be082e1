import { type Duration, seconds } from '#kernel/time/duration.ts'
import { BACKFILL_METRICS, type RepoFailureReason } from '#pipeline/contract.ts'
import { type DeclaredMetrics, declaredMetrics } from '#pipeline/serve/declared-metrics.ts'
import type { SnapshotCounts } from './repo/snapshot.ts'

const COUNTERS = [
  'delivered',
  'reclaimed',
  'records',
  'filtered',
  'appended',
  'fetched',
  'lostBodies',
  'fenced',
  'redisErrors',
] as const

/** How a repo came to its end. */
export type RepoOutcome = 'stored' | 'unavailable' | 'dead-letter'

/** What the backfiller counts and measures, without saying each time for which group. */
export interface BackfillMeter {
  count(what: (typeof COUNTERS)[number], amount?: number): void
  countOutcome(outcome: RepoOutcome): void
  countDeadLetter(reason: RepoFailureReason): void
  countUnavailable(status: string): void
  countFailure(reason: RepoFailureReason): void
  countIdentity(source: 'cache' | 'document'): void
  countTrimmed(entries: number): void
  countBackpressure(duration: Duration): void
  /** Adds what was read of one repo, once it was stored or has failed. */
  countSnapshot(counts: SnapshotCounts): void
  observeRepo(duration: Duration): void
  setHeld(repos: number): void
}

export interface BackfillLabels {
  readonly stream: string
  readonly group: string
}

/** The metrics of one process; `bytesHeld`, which is all its streams', is asked at every scrape. */
export function backfillMetrics(
  labels: BackfillLabels,
  bytesHeld: () => number,
): DeclaredMetrics<typeof BACKFILL_METRICS> {
  const declared = declaredMetrics(BACKFILL_METRICS)
  const { registry, metrics } = declared
  const scrape = registry.metrics.bind(registry)
  registry.metrics = async () => {
    metrics.bytesHeld.set(labels, bytesHeld())
    return await scrape()
  }
  return declared
}

/** What is counted of one stream of repos. */
export function backfillMeter(
  labels: BackfillLabels,
  { metrics }: DeclaredMetrics<typeof BACKFILL_METRICS>,
): BackfillMeter {
  for (const name of COUNTERS) metrics[name].inc(labels, 0)
  for (const outcome of ['stored', 'unavailable', 'dead-letter']) metrics.repos.inc({ ...labels, outcome }, 0)
  metrics.backpressure.inc(labels, 0)
  metrics.trimmed.inc({ stream: labels.stream }, 0)
  return {
    count: (what, amount = 1) => metrics[what].inc(labels, amount),
    countOutcome: (outcome) => metrics.repos.inc({ ...labels, outcome }),
    countDeadLetter: (reason) => metrics.deadLetters.inc({ ...labels, reason }),
    countUnavailable: (status) => metrics.unavailable.inc({ ...labels, status }),
    countFailure: (reason) => metrics.failures.inc({ ...labels, reason }),
    countIdentity: (source) => metrics.identities.inc({ ...labels, source }),
    countTrimmed: (entries) => metrics.trimmed.inc({ stream: labels.stream }, entries),
    countBackpressure: (duration) => metrics.backpressure.inc(labels, duration / seconds(1)),
    countSnapshot({ records, filtered, rejected }) {
      metrics.records.inc(labels, records)
      metrics.filtered.inc(labels, filtered)
      for (const [reason, count] of Object.entries(rejected)) {
        if (count > 0) metrics.rejected.inc({ ...labels, reason }, count)
      }
    },
    observeRepo: (duration) => metrics.seconds.observe(labels, duration / seconds(1)),
    setHeld: (repos) => metrics.held.set(labels, repos),
  }
}
