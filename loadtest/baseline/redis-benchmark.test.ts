import { expect, test } from 'vitest'
import { parseBenchmark } from './redis-benchmark.ts'

const HEADING =
  '"test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"'

test('what redis-benchmark prints becomes rate and percentiles', () => {
  const line = '"XADD s * event x","107526.88","0.062","0.016","0.055","0.103","0.231","0.967"'
  expect(parseBenchmark(`${HEADING}\n${line}\n`)).toEqual({
    callsPerSecond: 107_526.88,
    p50: 0.055,
    p99: 0.231,
  })
})

test.each(['', HEADING, '"XADD","fast"'])('anything else is refused, not a rate of nothing: %j', (csv) => {
  expect(() => parseBenchmark(csv)).toThrow('not a line of redis-benchmark')
})
