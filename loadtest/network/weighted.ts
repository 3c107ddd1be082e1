import type { Random } from './random.ts'

/** Draws keys in proportion to their weights. */
export function weighted<Key extends string>(
  weights: Readonly<Record<Key, number>>,
): (random: Random) => Key {
  const entries = Object.entries(weights) as [Key, number][]
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0)
  return (random) => {
    let left = random.next() * total
    for (const [key, weight] of entries) {
      left -= weight
      if (left < 0) return key
    }
    return random.pick(entries)[0]
  }
}
