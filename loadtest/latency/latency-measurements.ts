import type { Measurement } from '#kernel/report/report.ts'
import type { Latencies } from './latencies.ts'

const TOLD = [50, 90, 99, 99.9, 99.99]

/** `publish p50` to `publish p99.99` and `publish max`; a percentile that too few samples stand behind is `null`. */
export function latencyMeasurements(name: string, latencies: Latencies, method: string): Measurement[] {
  const samples = latencies.count
  const measured = (what: string, value: number | null): Measurement => ({
    name: `${name} ${what}`,
    unit: 'ms',
    value,
    samples,
    method,
  })
  return [
    ...TOLD.map((percentile) => measured(`p${percentile}`, latencies.at(percentile))),
    measured('max', latencies.maxMs),
  ]
}
