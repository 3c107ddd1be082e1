import type { Verdict } from '#kernel/verdict/verdict.ts'

/** What a number counts. Each has a ladder in `kernel/format/scale-for.ts`. */
export const UNITS = [
  'ms',
  's',
  'hours',
  'entries',
  'events',
  'entries/s',
  'events/s',
  'bytes',
  'bytes/s',
  'bytes/entry',
  'ratio',
] as const

export type Unit = (typeof UNITS)[number]

/** Whether a name is that of a unit. */
export function isUnit(name: string): name is Unit {
  return (UNITS as readonly string[]).includes(name)
}

/** A number with everything needed to argue about it later. */
export interface Measurement {
  readonly name: string
  readonly unit: Unit
  /** `null` when it could not be measured. Only finite numbers survive the way through JSON. */
  readonly value: number | null
  /** How many samples stand behind the value. A p99 of eight samples should look like one. */
  readonly samples: number
  readonly method: string
  /** Which way is good; where it is left out, the unit says it, or nobody does. */
  readonly better?: 'higher' | 'lower'
  /** The values of single rounds or windows of the run, where they were kept, so that another run can be compared with it. */
  readonly rounds?: readonly number[]
}

/** What was found about one subject. `says` is the observation in a sentence. */
export interface Statement {
  readonly subject: string
  readonly verdict: Verdict
  readonly says: string
  readonly expected?: string
  /** Why it matters, in events and seconds. */
  readonly why?: string
  /** The command or setting that mends it. */
  readonly remedy?: string
}

/** One curve, x ascending. A y of `null` is a gap: nobody could measure there, and no line bridges it. */
export interface Series {
  readonly name: string
  readonly points: readonly (readonly [x: number, y: number | null])[]
}

export interface Plot {
  readonly title: string
  /** The unit of y. */
  readonly unit: Unit
  /** What x is: seconds since the section began, or a percentile from 0 to 100. */
  readonly x: 'seconds' | 'percentile'
  readonly series: readonly Series[]
  /** A line that must not be crossed, such as maxmemory. */
  readonly ceiling?: { readonly name: string; readonly value: number }
  /** How the points were taken, and how many samples stand behind them. Small print. */
  readonly method?: string
}

/** Something that happened at a moment, in seconds since its section began: a fault, an alert, a recovery. */
export interface Moment {
  readonly at: number
  readonly what: string
  readonly kind: 'note' | 'fault' | 'alert' | 'recovery'
}

/** One question of a run and its answer. */
export interface Section {
  readonly title: string
  readonly verdict: Verdict
  /** The answer in one sentence, for a reader who has ten seconds. */
  readonly answer?: string
  readonly statements: readonly Statement[]
  readonly measurements: readonly Measurement[]
  readonly plots: readonly Plot[]
  readonly timeline: readonly Moment[]
}

/**
 * The one document every area writes: an audit, a load run and a drill differ in what they state and
 * measure, not in how they are read. Plain data, so that today's report can be compared with last month's.
 */
export interface Report {
  readonly schema: 'standpipe/report@1'
  readonly area: 'preflight' | 'audit' | 'loadtest' | 'chaos' | 'comparison'
  readonly subject: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly finishedAt: string
  /** Versions, host and resolved configuration, secrets removed. */
  readonly environment: Readonly<Record<string, string>>
  readonly verdict: Verdict
  readonly sections: readonly Section[]
  /** What this run did not look at, or could not; an empty list is a claim too. */
  readonly caveats: readonly string[]
}
