import { resolve } from 'node:path'
import { UsageError } from '#kernel/errors.ts'
import type { JudgedChange } from './change.ts'
import { type DifferingSetting, differingSettings } from './differing-settings.ts'
import { judgeChange } from './judge-change.ts'
import { type Pair, pairMeasured } from './pair-measured.ts'
import type { Run } from './run.ts'

export interface Comparison {
  readonly before: readonly Run[]
  readonly after: readonly Run[]
  /** The smallest change of a median that is named, as a share. */
  readonly smallest: number
  /** Not empty only where the comparison was forced. */
  readonly differing: readonly DifferingSetting[]
  readonly changes: readonly JudgedChange[]
}

export interface CompareOptions {
  readonly smallest: number
  /** Compare although the runs were configured differently. */
  readonly force: boolean
}

/** Compares runs of one subject. Throws `UsageError` for different subjects, and for different configurations unless forced. */
export function compareRuns(
  before: readonly Run[],
  after: readonly Run[],
  { smallest, force }: CompareOptions,
): Comparison {
  const runs = [...before, ...after]
  requireOneSubject(runs)
  requireTwoSides(before, after)
  const differing = differingSettings(runs)
  if (differing.length > 0 && !force) {
    const named = differing.map(
      ({ name, values }) => `${name} (${values.map((one) => `"${one}"`).join(', ')})`,
    )
    throw new UsageError(
      `the runs were configured differently: ${named.join('; ')}; compare like with like, or give --force`,
    )
  }
  const changes = pairMeasured(before, after).map((pair) => toChange(pair, smallest))
  return { before, after, smallest, differing, changes }
}

function toChange(pair: Pair, smallest: number): JudgedChange {
  const { section, name, unit, before, after, absent } = pair
  const judged =
    absent === 'before'
      ? ({ direction: 'new', because: 'measured after only' } as const)
      : judgeChange(pair, smallest)
  return { section, name, unit, before, after, ...judged }
}

/** A run held against itself is the same, whatever it is worth. */
function requireTwoSides(before: readonly Run[], after: readonly Run[]): void {
  const twice = after.find((run) => before.some((one) => nameOf(one) === nameOf(run)))
  if (twice) throw new UsageError(`"${twice.file}" is on both sides; compare two runs`)
}

const nameOf = ({ file, startedAt }: Run) => `${resolve(file)} ${startedAt}`

function requireOneSubject(runs: readonly Run[]): void {
  const [first, ...others] = runs
  const stranger = others.find(({ area, subject }) => area !== first?.area || subject !== first.subject)
  if (!first || !stranger) return
  throw new UsageError(
    `"${first.file}" is about ${first.area} of ${first.subject}, but "${stranger.file}" is about ${stranger.area} of ${stranger.subject}; compare runs of the same thing`,
  )
}
