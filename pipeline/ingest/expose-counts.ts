import type { MetricsSource } from '#kernel/http/serve.ts'
import { INGEST_METRICS } from '#pipeline/contract.ts'
import { declaredMetrics } from '#pipeline/serve/declared-metrics.ts'
import type { IngestCounts } from './counts.ts'

type Labelled = { inc(labels: Record<string, string>, value: number): void; reset(): void }

/** The counts as metrics, made at every scrape: counting itself costs an addition, not a lookup of labels. */
export function exposeCounts(counts: IngestCounts, stream: string): MetricsSource {
  const { registry, metrics } = declaredMetrics(INGEST_METRICS)
  const set = (
    counter: Labelled,
    samples: Iterable<readonly [labels: Record<string, string>, value: number]>,
  ) => {
    counter.reset()
    for (const [labels, value] of samples) counter.inc({ stream, ...labels }, value)
  }
  const by = (label: string, values: Iterable<readonly [string, number]>) =>
    [...values].map(([key, value]) => [{ [label]: key }, value] as const)

  const refresh = () => {
    set(metrics.frames, by('type', Object.entries(counts.frames)))
    set(metrics.events, eventSamples(counts))
    set(metrics.notices, by('name', Object.entries(counts.notices)))
    set(metrics.rejectedFrames, by('reason', Object.entries(counts.rejectedFrames)))
    set(metrics.refusedAppends, by('reason', counts.refusedAppends))
    set(metrics.reconnects, by('reason', counts.reconnects))
    set(metrics.duplicates, by('host', counts.duplicates))
    set(metrics.gaps, by('reason', Object.entries(counts.gaps)))
    set(metrics.filteredOps, [[{}, counts.filteredOps]])
    set(metrics.tooBigCommits, [[{}, counts.tooBigCommits]])
    set(metrics.unkeptFrames, [[{}, counts.unkeptFrames]])
    set(metrics.skippedCommits, [[{}, counts.skippedCommits]])
    set(metrics.appendedEntries, [[{}, counts.appendedEntries]])
    set(metrics.switches, [[{}, counts.switches]])
    set(metrics.rollbacks, [[{}, counts.rollbacks]])
    set(metrics.lossyTrimmedEntries, [[{}, counts.lossyTrimmed]])
    set(metrics.backpressure, [[{}, counts.backpressureMs / 1_000]])
    metrics.connected.set({ stream }, counts.connected)
    metrics.cursorAhead.set({ stream }, counts.cursorAhead)
    if (counts.openGaps === null) metrics.openGaps.remove({ stream })
    else metrics.openGaps.set({ stream }, counts.openGaps)
    metrics.bytesInFlight.set({ stream }, counts.bytesInFlight)
    if (counts.cursor !== null) metrics.cursor.set({ stream }, counts.cursor)
    for (const [collection, time] of counts.newestByCollection) {
      const at = Date.parse(time)
      if (Number.isFinite(at)) metrics.newestByCollection.set({ stream, collection }, at / 1_000)
    }
    const newest = Date.parse(counts.newestEventTime ?? '')
    if (Number.isFinite(newest)) metrics.newestEventTime.set({ stream }, newest / 1_000)
  }

  return {
    contentType: registry.contentType,
    async metrics() {
      refresh()
      return await registry.metrics()
    },
  }
}

function eventSamples({ events }: IngestCounts) {
  const { create, update, delete: deleted, identity, account, label } = events
  return [
    [{ type: 'record', action: 'create' }, create],
    [{ type: 'record', action: 'update' }, update],
    [{ type: 'record', action: 'delete' }, deleted],
    [{ type: 'identity', action: '' }, identity],
    [{ type: 'account', action: '' }, account],
    [{ type: 'label', action: '' }, label],
  ] as const
}
