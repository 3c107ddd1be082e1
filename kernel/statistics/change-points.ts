import { median } from 'd3-array'
import { bestSplit } from './best-split.ts'
import { seeded } from './seeded.ts'

/** A place from which on values come from another source than before. */
export interface ChangePoint {
  /** Index of the first value behind it. */
  readonly at: number
  /** Medians of the stretches on either side, as far as the next change points. */
  readonly before: number
  readonly after: number
  /** How likely a split as clear as this one would come from values in any order. */
  readonly chance: number
}

export interface ChangePointOptions {
  /** The fewest values of a stretch. */
  readonly atLeast?: number
  readonly seed?: number
}

const SHUFFLES = 199
const CHANCE_WANTED = 0.05

/**
 * Where a series changes for good, found by halving it again and again at the split whose sides lie farthest apart in
 * energy distance, for as long as at most one in twenty shuffles of the stretch splits as clearly (E-divisive,
 * Matteson & James 2014). Takes values to be independent but for the changes: a trend, taken away before, would be a
 * staircase. Quadratic: for hundreds of values, not for thousands.
 */
export function changePoints(
  values: readonly number[],
  { atLeast = 3, seed = 1 }: ChangePointOptions = {},
): ChangePoint[] {
  const random = seeded(seed)
  const found: { readonly at: number; readonly chance: number }[] = []
  const look = (from: number, to: number): void => {
    const split = significantSplit(values.slice(from, to), atLeast, random)
    if (split === null) return
    look(from, from + split.at)
    found.push({ at: from + split.at, chance: split.chance })
    look(from + split.at, to)
  }
  look(0, values.length)
  return found.map(({ at, chance }, index) => ({
    at,
    before: median(values.slice(found[index - 1]?.at ?? 0, at)) ?? Number.NaN,
    after: median(values.slice(at, found[index + 1]?.at ?? values.length)) ?? Number.NaN,
    chance,
  }))
}

function significantSplit(stretch: readonly number[], atLeast: number, random: () => number) {
  const best = bestSplit(stretch, atLeast)
  if (best === null) return null
  let asClear = 1
  for (let round = 0; round < SHUFFLES; round += 1) {
    const shuffled = bestSplit(shuffle(stretch, random), atLeast)
    if (shuffled && shuffled.distance >= best.distance) asClear += 1
    if (asClear > CHANCE_WANTED * (SHUFFLES + 1)) return null
  }
  return { at: best.at, chance: asClear / (SHUFFLES + 1) }
}

function shuffle(values: readonly number[], random: () => number): number[] {
  const dealt = [...values]
  for (let last = dealt.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1))
    const kept = dealt[last] ?? 0
    dealt[last] = dealt[other] ?? 0
    dealt[other] = kept
  }
  return dealt
}
