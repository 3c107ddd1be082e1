import { expect, test } from 'vitest'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import type { CapacityRun } from './capacity-run.ts'
import { toCapacitySection } from './to-capacity-section.ts'

const aRun = (changes: Partial<CapacityRun> = {}): CapacityRun => ({
  asked: 1_000,
  added: 1_000,
  length: 1_000,
  tookMs: 10,
  baselineBytes: 1_000_000,
  usedBytes: 1_700_000,
  maxmemoryBytes: 1_000_000_000,
  samples: [
    { at: 0, appended: 0, usedBytes: 1_000_000, maxmemoryBytes: 0, aofBytes: 0, rewriting: false },
    { at: 1, appended: 1_000, usedBytes: 1_700_000, maxmemoryBytes: 0, aofBytes: 600_000, rewriting: false },
  ],
  latencies: createLatencies(),
  ...changes,
})

test('a sample that is all there passes, and its cost is the growth of memory', () => {
  const section = toCapacitySection(aRun(), null)
  expect(section.verdict).toBe('pass')
  expect(section.measurements.find(({ name }) => name === 'memory per entry')?.value).toBe(700)
})

test.each([{ length: 999 }, { added: 999 }, { asked: 0, added: 0, length: 0 }])(
  'a sample that is not all there, or empty, fails: %o',
  (changes) => {
    expect(toCapacitySection(aRun(changes), null).verdict).toBe('fail')
  },
)

test("the operator's own rate is judged, the known rates are only told", () => {
  expect(toCapacitySection(aRun(), null).statements).toHaveLength(1)
  expect(toCapacitySection(aRun(), 2_000).verdict).toBe('fail')
  expect(toCapacitySection(aRun({ maxmemoryBytes: 100e9 }), 1_000).verdict).toBe('pass')
})

test('without maxmemory the hours are unknown, never endless', () => {
  expect(toCapacitySection(aRun({ maxmemoryBytes: 0 }), 600).verdict).toBe('unknown')
})
