import { expect, test } from 'vitest'
import type { Moment } from '#kernel/report/report.ts'
import { drawMoments } from './draw-moments.ts'
import { frameFor, SIZES } from './frame.ts'

function draw(timeline: readonly Moment[]): string {
  const plot = { title: 'lag', unit: 'entries', x: 'seconds', series: [] } as const
  const neighbours = { times: [0, 100], timeline }
  return SIZES.map((size) => drawMoments(timeline, frameFor(plot, neighbours, size))?.markup ?? '').join('')
}

const at = (seconds: number, kind: Moment['kind'] = 'note'): Moment => ({ at: seconds, kind, what: kind })

test('every moment has its line, and a badge only where it covers no other', () => {
  const crowd = Array.from({ length: 200 }, (_, index) => at(index / 2))
  const markup = draw(crowd)
  expect(markup.match(/<g class="moment/g)).toHaveLength(400)
  const [wide = ''] = markup.split('</g></g>')
  const badges = [...wide.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)"/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ])
  expect(badges.length).toBeGreaterThan(40)
  for (const [index, [x = 0, y = 0]] of badges.entries()) {
    for (const [ox = 0, oy = 0] of badges.slice(0, index)) {
      expect(Math.hypot(x - ox, y - oy)).toBeGreaterThanOrEqual(16)
    }
  }
})

test('an outage ends at the first recovery after its fault, and one without a recovery is not tinted', () => {
  const outages = (timeline: Moment[]) => draw(timeline).match(/class="outage"/g)?.length ?? 0
  expect(outages([at(10, 'fault'), at(20, 'recovery'), at(30, 'recovery')])).toBe(2)
  expect(outages([at(10, 'recovery'), at(20, 'fault')])).toBe(0)
})

test('nothing happened, nothing is drawn', () => {
  expect(draw([])).toBe('')
})
