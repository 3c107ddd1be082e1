import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createLatencies, decodeLatencies, type Latencies } from './latencies.ts'
import { latencyMeasurements } from './latency-measurements.ts'
import { latencyPlot } from './latency-plot.ts'

const having = (...waits: readonly number[]): Latencies => {
  const latencies = createLatencies()
  for (const wait of waits) latencies.record(wait)
  return latencies
}

test('percentiles are right to three digits', () => {
  const latencies = having(...Array.from({ length: 1_000 }, (_, index) => index + 1))
  expect(latencies.at(50)).toBeCloseTo(500, -1)
  expect(latencies.at(99)).toBeCloseTo(990, -1)
  expect(latencies.maxMs).toBeCloseTo(1_000, -1)
  expect(latencies.meanMs).toBeCloseTo(500.5, -1)
})

test('a percentile that too few samples stand behind is not told, and the longest wait is', () => {
  expect(having().at(50)).toBeNull()
  expect(having().maxMs).toBeNull()
  const few = having(1, 2, 3, 4, 5, 6, 7, 8)
  expect([few.at(50), few.at(99), few.at(100)]).toEqual([expect.closeTo(4, 1), null, expect.closeTo(8, 1)])
})

test('what is out of range is kept at its edge, never dropped', () => {
  const latencies = having(-5, 10 ** 9)
  expect([latencies.count, latencies.at(0), latencies.maxMs]).toEqual([2, 0, expect.closeTo(3_600_000, -4)])
})

test('merged over any way of sharing the work, and over text, they are what one recorder saw', () => {
  const waits = fc.array(fc.double({ min: 0, max: 100_000, noNaN: true }), { maxLength: 50 })
  fc.assert(
    fc.property(waits, waits, (some, others) => {
      const merged = having(...some)
      merged.merge(decodeLatencies(having(...others).encode()))
      const one = having(...some, ...others)
      for (const percentile of [0, 50, 90, 100]) expect(merged.at(percentile)).toBe(one.at(percentile))
      expect(merged.count).toBe(one.count)
    }),
    { numRuns: 25 },
  )
})

test('text that is no histogram is refused', () => {
  expect(() => decodeLatencies('bm8=')).toThrow()
})

test('as measurements they carry their samples, as a plot they end where the samples end', () => {
  const measured = latencyMeasurements('publish', having(1, 2), 'closed loop')
  expect(measured.map(({ name, value, samples }) => [name, value, samples])).toEqual([
    ['publish p50', expect.closeTo(1, 2), 2],
    ...['p90', 'p99', 'p99.9', 'p99.99'].map((what) => [`publish ${what}`, null, 2]),
    ['publish max', expect.closeTo(2, 2), 2],
  ])
  const plot = latencyPlot(
    'Waiting',
    new Map([
      ['publish', having(1, 2)],
      ['claim', having()],
    ]),
    'open model',
  )
  expect(plot.series.map(({ name }) => name)).toEqual(['publish'])
  expect(plot.series[0]?.points.map(([percentile]) => percentile)).toEqual([0, 10, 25, 50, 100])
})
