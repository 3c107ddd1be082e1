import type { Unit } from '#kernel/report/report.ts'

/** How a number of a unit is shown: divided by `divide`, followed by `label` (which may be empty). */
export interface Scale {
  readonly divide: number
  readonly label: string
}

/** A scale, used from a magnitude of `from` in the unit itself. */
type Rung = readonly [from: number, divide: number, label: string]

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `ms` is how many milliseconds one of the unit lasts. */
const durations = (ms: number): readonly Rung[] => [
  [0, 0.001 / ms, 'µs'],
  [0.1 / ms, 1 / ms, 'ms'],
  [1_000 / ms, 1_000 / ms, 's'],
  [(2 * MINUTE) / ms, MINUTE / ms, 'min'],
  [(2 * HOUR) / ms, HOUR / ms, 'h'],
  [(3 * DAY) / ms, DAY / ms, 'days'],
]

const bytes = (suffix: string): readonly Rung[] =>
  ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'].map(
    (label, power) => [power === 0 ? 0 : 1024 ** power, 1024 ** power, label + suffix] as const,
  )

const counts = (label: string): readonly Rung[] => [
  [0, 1, label],
  [1e7, 1e6, `million ${label}`],
  [1e10, 1e9, `billion ${label}`],
]

const LADDERS: Readonly<Record<Unit, readonly Rung[]>> = {
  ms: durations(1),
  s: durations(1_000),
  hours: durations(HOUR),
  entries: counts('entries'),
  events: counts('events'),
  'entries/s': counts('entries/s'),
  'events/s': counts('events/s'),
  bytes: bytes(''),
  'bytes/s': bytes('/s'),
  'bytes/entry': bytes('/entry'),
  ratio: [[0, 1, '']],
}

/** The scale in which a value of this magnitude reads best. Zero is shown in the unit's own scale. */
export function scaleFor(unit: Unit, value: number): Scale {
  const ladder = LADDERS[unit]
  const magnitude = Math.abs(value)
  const rung =
    magnitude === 0
      ? ladder.find(([, divide]) => divide === 1)
      : ladder.findLast(([from]) => magnitude >= from)
  const [, divide, label] = rung ?? [0, 1, unit]
  return { divide, label }
}
