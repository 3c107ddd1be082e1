import type { Unit } from '#kernel/report/report.ts'

/** A quantity that must not creep in a run that only goes on. */
export interface Watched {
  readonly name: string
  readonly unit: Unit
  /** Seconds and value, ascending; what could not be seen is left out. */
  readonly points: readonly (readonly [at: number, value: number])[]
  /** Growth per hour that is too small to matter however small the level is, in the unit. */
  readonly floorPerHour: number
  readonly why: string
  readonly remedy: string
}
