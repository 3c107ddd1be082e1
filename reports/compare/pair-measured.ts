import type { Measured, Run } from './run.ts'

/** The values of one measurement on both sides. */
export interface Pair extends Pick<Measured, 'section' | 'name' | 'unit' | 'better'> {
  readonly before: readonly number[]
  readonly after: readonly number[]
  /** Sides on which no run so much as names it. */
  readonly absent: 'before' | 'after' | null
}

/**
 * Brings together what is measured under the same question, name and unit, in the order of the side before. Each run
 * gives one value; a single run against a single run gives the rounds within them instead, where both kept some.
 */
export function pairMeasured(before: readonly Run[], after: readonly Run[]): Pair[] {
  const [was, is] = [gather(before), gather(after)]
  const single = before.length === 1 && after.length === 1
  return [...new Set([...was.keys(), ...is.keys()])].map((key) => {
    const [left, right] = [was.get(key) ?? [], is.get(key) ?? []]
    const { section, name, unit, better } = (right[0] ?? left[0]) as Measured
    const rounds = single && hasRounds(left) && hasRounds(right)
    const values = rounds ? roundsOf : valuesOf
    const absent = left.length === 0 ? 'before' : right.length === 0 ? 'after' : null
    return { section, name, unit, better, before: values(left), after: values(right), absent }
  })
}

function gather(runs: readonly Run[]): Map<string, Measured[]> {
  const byKey = new Map<string, Measured[]>()
  for (const one of runs.flatMap(({ measured }) => measured)) {
    const key = JSON.stringify([one.section, one.name, one.unit])
    byKey.set(key, [...(byKey.get(key) ?? []), one])
  }
  return byKey
}

const hasRounds = (measured: readonly Measured[]) => measured.some(({ rounds }) => rounds.length > 1)
const roundsOf = (measured: readonly Measured[]) => measured.flatMap(({ rounds }) => rounds)
const valuesOf = (measured: readonly Measured[]) =>
  measured.flatMap(({ value }) => (value === null ? [] : [value]))
