import {
  build,
  decodeFromCompressedBase64,
  encodeIntoCompressedBase64,
  type Histogram,
} from 'hdr-histogram-js'

/** Waiting times as they come: any number of them in about a hundred kilobytes, right to three digits. */
export interface Latencies {
  readonly count: number
  /** `null` while there are none. */
  readonly maxMs: number | null
  readonly meanMs: number | null
  /** Adds a wait in milliseconds, `times` over; a negative one counts as 0, one beyond an hour as an hour. */
  record(ms: number, times?: number): void
  /**
   * The wait in milliseconds that this percentile, from 0 to 100, did not exceed. `null` where fewer waits were
   * seen than it takes to tell: a p99.9 needs a thousand.
   */
  at(percentile: number): number | null
  /** Adds all that another recorder saw; the result is what one recorder would have seen. */
  merge(other: Latencies): void
  /** As text for another process or a file; `decodeLatencies` reads it. */
  encode(): string
  /** Forgets everything, as at the end of a warm-up. */
  reset(): void
}

const MICROSECONDS = 1_000
const HIGHEST = 3_600_000 * MICROSECONDS
const RANGE = {
  lowestDiscernibleValue: 1,
  highestTrackableValue: HIGHEST,
  numberOfSignificantValueDigits: 3,
} as const

export function createLatencies(): Latencies {
  return latenciesOver(build(RANGE))
}

/** Throws `Error` when the text is not what `encode` returned. */
export function decodeLatencies(text: string): Latencies {
  const latencies = createLatencies()
  histograms.get(latencies)?.add(decodeFromCompressedBase64(text))
  return latencies
}

/** Histograms stay behind their recorders, so that no caller depends on the library. */
const histograms = new WeakMap<Latencies, Histogram>()

function latenciesOver(histogram: Histogram): Latencies {
  const latencies: Latencies = {
    get count() {
      return histogram.totalCount
    },
    get maxMs() {
      return histogram.totalCount === 0 ? null : histogram.maxValue / MICROSECONDS
    },
    get meanMs() {
      return histogram.totalCount === 0 ? null : histogram.mean / MICROSECONDS
    },
    record(ms, times = 1) {
      const value = Math.min(HIGHEST, Math.max(0, Math.round(ms * MICROSECONDS)))
      histogram.recordValueWithCount(value, times)
    },
    at(percentile) {
      const beyond = (histogram.totalCount * (100 - percentile)) / 100
      const told = percentile === 100 ? histogram.totalCount > 0 : beyond > 1 - 1e-9
      return told ? histogram.getValueAtPercentile(percentile) / MICROSECONDS : null
    },
    merge(other) {
      const theirs = histograms.get(other)
      if (!theirs) throw new TypeError('latencies of another make cannot be merged')
      histogram.add(theirs)
    },
    encode: () => encodeIntoCompressedBase64(histogram),
    reset: () => histogram.reset(),
  }
  histograms.set(latencies, histogram)
  return latencies
}
