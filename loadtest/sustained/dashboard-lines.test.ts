import { expect, test } from 'vitest'
import { dashboardLines, type Frame } from './dashboard-lines.ts'

const aFrame = (changes: Partial<Frame> = {}): Frame => ({
  at: 30,
  draining: false,
  acknowledged: 18_000,
  committed: 17_990,
  perSecond: 600,
  waiting: 10,
  commitP99Ms: 4,
  redisBytes: 2_097_152,
  ourBytes: 209_715_200,
  ...changes,
})

test('it says how far the run is, what was counted, and draws the last looks', () => {
  const lines = dashboardLines([aFrame({ perSecond: 300 }), aFrame()], 120_000)
  expect(lines[0]).toBe('reading and writing: 30 s of 2 min (25 %)')
  expect(lines[1]).toBe('18,000 events acknowledged, 17,990 committed')
  expect(lines[2]).toBe('  events/s                  600               ▄█')
})

test('what could not be seen is unknown and leaves a hole, and nothing at all is no line', () => {
  const [, , , waiting] = dashboardLines(
    [aFrame(), aFrame({ waiting: null }), aFrame({ waiting: 0 })],
    120_000,
  )
  expect(waiting).toBe('  not yet acknowledged      0                 █ ▁')
  expect(dashboardLines([aFrame({ waiting: null, draining: true })], 120_000)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^draining/), expect.stringContaining('unknown')]),
  )
  expect(dashboardLines([], 120_000)).toEqual([])
})
