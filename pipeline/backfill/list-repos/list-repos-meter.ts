import type { Registry } from 'prom-client'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { LIST_REPOS_METRICS } from '#pipeline/contract.ts'
import { declaredMetrics } from '#pipeline/serve/declared-metrics.ts'

/** What a listing counts, without saying each time which one. */
export interface ListReposMeter {
  readonly registry: Registry
  /** What the last request or store said; `null` since the last page that came. */
  readonly lastFailure: string | null
  countPage(repos: number): void
  countRejected(items: number): void
  countFailure(reason: string, says: string): void
  countBackpressure(duration: Duration): void
  /** Repos that were queued for the repair of a gap. */
  countRepair(repos: number): void
  countClosedGaps(gaps: number): void
  setDone(isDone: boolean): void
  /** Milliseconds since the epoch. */
  setNewestPage(at: number): void
}

/** Counters begin at 0, so that the first increase is seen as one. */
export function listReposMeter(labels: { readonly stream: string; readonly host: string }): ListReposMeter {
  const { registry, metrics } = declaredMetrics(LIST_REPOS_METRICS)
  const { pages, repos, rejected, failures, backpressure, done, newestPage, repairs, closedGaps } = metrics
  let lastFailure: string | null = null
  for (const counter of [pages, repos, rejected, backpressure, repairs, closedGaps]) counter.inc(labels, 0)
  return {
    registry,
    get lastFailure() {
      return lastFailure
    },
    countPage(count) {
      pages.inc(labels)
      repos.inc(labels, count)
    },
    countRejected: (items) => rejected.inc(labels, items),
    countFailure(reason, says) {
      failures.inc({ ...labels, reason })
      lastFailure = says
    },
    countBackpressure: (duration) => backpressure.inc(labels, duration / seconds(1)),
    countRepair: (count) => repairs.inc(labels, count),
    countClosedGaps: (gaps) => closedGaps.inc(labels, gaps),
    setDone: (isDone) => done.set(labels, isDone ? 1 : 0),
    setNewestPage(at) {
      newestPage.set(labels, at / seconds(1))
      lastFailure = null
    },
  }
}
