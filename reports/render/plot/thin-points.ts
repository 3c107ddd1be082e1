import type { Series } from '#kernel/report/report.ts'

type Points = Series['points']

/**
 * Fewer points that draw the same curve: of each stretch the first, the lowest, the highest, the last and
 * its gaps stay, so that no spike and no outage is lost. Curves with no more than `most` points stay whole.
 */
export function thinPoints(points: Points, most = 600): Points {
  if (points.length <= most) return points
  const stretch = Math.ceil((points.length * 4) / most)
  const kept: Points[number][] = []
  for (let start = 0; start < points.length; start += stretch) {
    kept.push(...extremes(points.slice(start, start + stretch)))
  }
  return kept
}

function extremes(stretch: Points): Points {
  const measured = stretch.filter(([, y]) => y !== null)
  const byHeight = measured.toSorted(([, a], [, b]) => (a ?? 0) - (b ?? 0))
  const gap = stretch.find(([, y]) => y === null)
  const kept = new Set([stretch[0], byHeight[0], byHeight.at(-1), gap, stretch.at(-1)])
  return stretch.filter((point) => kept.has(point))
}
