import { openLineFile } from './line-file.ts'

/** Sequences of one flow that a sink committed in one go. */
export interface Commits {
  /** The flow, by its place in the scenario. */
  readonly flow: number
  /** Those that changed what is stored. */
  readonly applied: readonly number[]
  /** Those that were there already. */
  readonly again: readonly number[]
}

/** What a sink committed, outside Redis: on the file before it is acknowledged. */
export interface EffectLog extends Disposable {
  /** Throws `DependencyError` when the file cannot be written. */
  committed(commits: Commits): void
}

export function openEffectLog(path: string): EffectLog {
  const file = openLineFile(path)
  return { committed: (commits) => file.write(commits), [Symbol.dispose]: () => file[Symbol.dispose]() }
}
