import { expect, test } from 'vitest'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import type { CapacityRun } from './capacity-run.ts'
import type { GroupCost } from './group-cost.ts'
import { toCostSection } from './to-cost-section.ts'
import { fitCosts, toCosts } from './to-costs.ts'

const looks = (bytesEach: number, aofEach: number) =>
  Array.from({ length: 20 }, (_, index) => ({
    at: index,
    appended: index * 100,
    count: index * 100,
    usedBytes: 1_000_000 + index * 100 * bytesEach,
    maxmemoryBytes: 0,
    aofBytes: index * 100 * aofEach,
    rewriting: false,
  }))

const run: CapacityRun = {
  asked: 1_900,
  added: 1_900,
  length: 1_900,
  tookMs: 10,
  baselineBytes: 1_000_000,
  usedBytes: 0,
  maxmemoryBytes: 0,
  samples: looks(600, 560),
  latencies: createLatencies(),
}

const groups: GroupCost = {
  groups: 2,
  entries: 950,
  delivered: 1_900,
  acknowledged: 1_900,
  deliveries: looks(85, 185),
  acknowledgements: looks(0, 25),
  tookMs: 10,
}

test('costs are the slopes of the looks, and add up by group', () => {
  const costs = toCosts(fitCosts(run, groups), run.baselineBytes)
  expect(costs).toEqual({
    baseline: 1_000_000,
    perEntry: 600,
    perPending: 85,
    aofPerEntry: 560,
    aofPerGroup: 210,
  })
})

test('one delivery that was not acknowledged fails, no delivery at all is unknown', () => {
  const judged = (changes: Partial<GroupCost>) => {
    const changed = { ...groups, ...changes }
    return toCostSection('?', run, changed, fitCosts(run, changed)).verdict
  }
  expect(judged({})).toBe('pass')
  expect(judged({ acknowledged: 1_899 })).toBe('fail')
  expect(judged({ delivered: 0, acknowledged: 0 })).toBe('unknown')
  expect(judged({ deliveries: [] })).toBe('unknown')
})

test('memory that does not grow in a straight line tells no cost', () => {
  const bent = looks(600, 560).map((look, index) => ({ ...look, usedBytes: 1_000_000 + 2 ** index }))
  const changed = { ...run, samples: bent }
  expect(toCostSection('?', changed, groups, fitCosts(changed, groups)).verdict).toBe('unknown')
})
