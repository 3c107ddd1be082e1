import type { Run } from './run.ts'

/** What a run may have of its own and still be compared: what is under test, and where it happened to run. */
const OF_ITS_OWN: ReadonlySet<string> = new Set([
  'standpipe',
  'commit',
  'seed',
  'stream',
  'redis-url',
  'database-url',
])

/** A setting that numbers depend on, and that was not the same in all runs. */
export interface DifferingSetting {
  readonly name: string
  /** Every value that it had, in order of appearance and cut where it is long; `not recorded` is one too. */
  readonly values: readonly string[]
}

/** The settings in which runs differ, of those that their numbers depend on. */
export function differingSettings(runs: readonly Run[]): DifferingSetting[] {
  const names = new Set(runs.flatMap(({ environment }) => Object.keys(environment)))
  return [...names]
    .filter((name) => !OF_ITS_OWN.has(name))
    .map((name) => ({
      name,
      values: [...new Set(runs.map(({ environment }) => environment[name] ?? 'not recorded'))],
    }))
    .filter(({ values }) => values.length > 1)
    .map(({ name, values }) => ({ name, values: values.map(shorten) }))
}

const LONGEST = 60

function shorten(value: string): string {
  return value.length <= LONGEST ? value : `${value.slice(0, LONGEST)}…`
}
