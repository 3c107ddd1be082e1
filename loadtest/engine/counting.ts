import type { IndexMeter } from '#pipeline/consume/index-meter.ts'

/** The same meter, which also counts into `counts` what has a place there. */
export function counting(meter: IndexMeter, counts: Record<string, number>): IndexMeter {
  return {
    ...meter,
    count(what, entries = 1) {
      const known = counts[what]
      if (known !== undefined) counts[what] = known + entries
      meter.count(what, entries)
    },
  }
}
