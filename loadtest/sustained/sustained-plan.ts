import { join } from 'node:path'
import { UsageError } from '#kernel/errors.ts'
import type { SustainedChoices } from './sustained-options.ts'

/** A sustained run, resolved. Times are in milliseconds. */
export interface SustainedPlan {
  readonly lastsMs: number
  /** Events per second, by the clock. */
  readonly rate: number
  readonly groups: readonly string[]
  readonly consumers: number
  /** Whether a growth that could not be excluded leaves the run unknown. */
  readonly soak: boolean
  readonly seed: number
  readonly sampleEveryMs: number
  /** Where the snapshots are kept while it runs, and the report when it has ended. */
  readonly folder: string
}

const DEFAULT_MS = 120_000
/** As many points as say all that a curve of days can say, and no more memory than that. */
const MOST_SAMPLES = 2_000
const FEWEST_SAMPLES = 20

/** Throws `UsageError` for a rate of 0, which is as fast as possible elsewhere. */
export function planSustained(choices: SustainedChoices, out: string | undefined, now: Date): SustainedPlan {
  if (choices.rate === 0) throw new UsageError('--rate 0 has no clock to keep up with; give a rate above 0')
  const lastsMs = choices.soak ?? choices.duration ?? DEFAULT_MS
  const stamp = now
    .toISOString()
    .replace(/\.\d+/, '')
    .replaceAll(/[^0-9TZ]/g, '')
  return {
    lastsMs,
    rate: choices.rate,
    groups: Array.from({ length: choices.groups }, (_, index) => `group-${index + 1}`),
    consumers: choices.consumers,
    soak: choices.soak !== undefined,
    seed: choices.seed,
    sampleEveryMs: Math.max(Math.min(1_000, lastsMs / FEWEST_SAMPLES), lastsMs / MOST_SAMPLES),
    folder: out ?? choices['from-snapshots'] ?? join('reports', 'out', `sustained-${stamp}`),
  }
}
