import type { Redis } from 'ioredis'

/** One alternative, with the median of its rounds. */
export interface Alternative {
  readonly name: string
  /** Events or entries per second, one number per round. */
  readonly rates: readonly number[]
  /** Most memory it ever held, in bytes, over all rounds; `null` where it was not looked at. */
  readonly maxRss: number | null
}

/** What was promised, and what came of it. */
export interface Target {
  readonly promises: string
  readonly bound: 'at-least' | 'under'
  readonly limit: number
  /** `null` when it could not be measured here: then the promise is neither kept nor broken. */
  readonly measured: number | null
}

export interface BenchResult {
  /** What a rate counts: `entries/s`, `events/s`. */
  readonly unit: string
  readonly alternatives: readonly Alternative[]
  readonly targets: readonly Target[]
  /** How it was measured, and what was left out. */
  readonly method: readonly string[]
}

export interface BenchContext {
  readonly signal: AbortSignal
  /** One line of progress. */
  readonly tell: (line: string) => void
}

/** The alternatives side by side, in the same run on the same machine. */
export interface Bench {
  readonly name: string
  readonly title: string
  run(context: BenchContext): Promise<BenchResult>
}

/** A way to do the work, tried once per round on an empty Redis. */
export interface Contender {
  readonly name: string
  /** Returns the rate of one round. */
  round(redis: Redis): Promise<number>
}
