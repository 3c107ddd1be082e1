import type { Plot, Series } from '#kernel/report/report.ts'
import type { Latencies } from './latencies.ts'

const TOLD = [0, 10, 25, 50, 75, 90, 95, 97.5, 99, 99.5, 99.9, 99.95, 99.99, 99.999, 100]

/** Waiting times of one kind, as a curve by percentile: as far as its samples carry, and the longest wait. */
export function latencySeries(name: string, latencies: Latencies): Series {
  const points = TOLD.flatMap((percentile) => {
    const ms = latencies.at(percentile)
    return ms === null ? [] : [[percentile, ms] as const]
  })
  return { name, points }
}

/** Several kinds of waiting side by side. Kinds of which nothing was seen are left out. */
export function latencyPlot(title: string, kinds: ReadonlyMap<string, Latencies>, method: string): Plot {
  const seen = [...kinds].filter(([, { count }]) => count > 0)
  return {
    title,
    unit: 'ms',
    x: 'percentile',
    series: seen.map(([name, latencies]) => latencySeries(name, latencies)),
    method: `${method}; ${seen.map(([name, { count }]) => `${name}: ${count} samples`).join(', ')}`,
  }
}
