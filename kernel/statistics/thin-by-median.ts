import { median } from 'd3-array'

/**
 * At most `most` points: of each stretch of neighbours, their median x and their median y. Points that are few enough
 * stay as they are.
 */
export function thinByMedian(
  points: readonly (readonly [x: number, y: number])[],
  most: number,
): readonly (readonly [x: number, y: number])[] {
  if (points.length <= most) return points
  return Array.from({ length: most }, (_, index) => {
    const from = Math.floor((index * points.length) / most)
    const stretch = points.slice(from, Math.floor(((index + 1) * points.length) / most))
    return [median(stretch, ([x]) => x) ?? 0, median(stretch, ([, y]) => y) ?? 0] as const
  })
}
