import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'

/** One look, as the dashboard shows it. `null` is what could not be seen. */
export interface Frame {
  /** Seconds since the first arrival. */
  readonly at: number
  readonly draining: boolean
  readonly acknowledged: number
  readonly committed: number
  readonly perSecond: number
  readonly waiting: number | null
  readonly commitP99Ms: number | null
  readonly redisBytes: number | null
  readonly ourBytes: number
}

const BARS = '▁▂▃▄▅▆▇█'
const NAME_WIDTH = 26
const VALUE_WIDTH = 18

/** How far the run is, and the last looks as small curves. */
export function dashboardLines(frames: readonly Frame[], lastsMs: number): string[] {
  const last = frames.at(-1)
  if (!last) return []
  const { at, draining, acknowledged, committed } = last
  const share = Math.min(1, (at * 1_000) / lastsMs)
  const row = (name: string, value: string, valueOf: (frame: Frame) => number | null) =>
    `  ${name.padEnd(NAME_WIDTH)}${value.padEnd(VALUE_WIDTH)}${sparkline(frames.map(valueOf))}`
  return [
    `${draining ? 'draining' : 'reading and writing'}: ${formatMeasure(at, 's')} of ${formatMeasure(lastsMs, 'ms')} (${Math.floor(share * 100)} %)`,
    `${formatNumber(acknowledged)} events acknowledged, ${formatNumber(committed)} committed`,
    row('events/s', formatNumber(last.perSecond), ({ perSecond }) => perSecond),
    row(
      'not yet acknowledged',
      last.waiting === null ? 'unknown' : formatNumber(last.waiting),
      ({ waiting }) => waiting,
    ),
    row('commit p99', formatMeasure(last.commitP99Ms, 'ms'), ({ commitP99Ms }) => commitP99Ms),
    row('memory of Redis', formatMeasure(last.redisBytes, 'bytes'), ({ redisBytes }) => redisBytes),
    row('memory of our processes', formatMeasure(last.ourBytes, 'bytes'), ({ ourBytes }) => ourBytes),
  ]
}

/** Higher is more; a space is what could not be seen. */
function sparkline(values: readonly (number | null)[]): string {
  const seen = values.filter((value) => value !== null)
  const highest = Math.max(...seen)
  return values
    .map((value) =>
      value === null ? ' ' : BARS[highest > 0 ? Math.min(7, Math.floor((value / highest) * 7.99)) : 0],
    )
    .join('')
}
