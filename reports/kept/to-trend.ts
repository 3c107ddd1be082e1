import { type ChangePoint, changePoints } from '#kernel/statistics/change-points.ts'
import type { Measured, Run } from '../compare/run.ts'

/** One number over all kept runs of a subject. */
export interface RunTrend extends Pick<Measured, 'section' | 'name' | 'unit' | 'better'> {
  readonly runs: readonly { readonly startedAt: string; readonly value: number }[]
  /** Where it changed for good by at least the smallest effect worth naming; `null` where too few runs could tell. */
  readonly changes: readonly ChangePoint[] | null
}

/** With fewer, no order of values is so rare that it would mean something. */
export const FEWEST_RUNS = 8

/** The search for changes is quadratic, and what was long before is history in the other sense. */
const MOST_RUNS = 150

/** Every number of a history, in the order of the latest run, and when it changed. `smallest` is a share of the level before. */
export function toTrends(history: readonly Run[], smallest: number): RunTrend[] {
  const ordered = history.toSorted((a, b) => a.startedAt.localeCompare(b.startedAt)).slice(-MOST_RUNS)
  return (ordered.at(-1)?.measured ?? []).map((latest) => {
    const runs = ordered.flatMap(({ startedAt, measured }) => {
      const value = measured.find((one) => isSame(one, latest))?.value ?? null
      return value === null ? [] : [{ startedAt, value }]
    })
    const { section, name, unit, better } = latest
    return { section, name, unit, better, runs, changes: changesIn(runs, smallest) }
  })
}

function changesIn(runs: RunTrend['runs'], smallest: number): ChangePoint[] | null {
  if (runs.length < FEWEST_RUNS) return null
  return changePoints(runs.map(({ value }) => value)).filter(
    ({ before, after }) => Math.abs(after - before) >= smallest * Math.abs(before),
  )
}

function isSame(one: Measured, other: Measured): boolean {
  return one.section === other.section && one.name === other.name && one.unit === other.unit
}
