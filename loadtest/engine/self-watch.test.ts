import { describe, expect, test } from 'vitest'
import { milliseconds, seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { judgeSelf } from './judge-self.ts'
import { type SelfSample, watchSelf } from './self-watch.ts'

const aSample = (changes: Partial<SelfSample> = {}): SelfSample => ({
  name: 'producer',
  delayP99Ms: 1,
  delayMaxMs: 5,
  cpuShare: 0.2,
  arrivals: 1_000,
  late: 0,
  ...changes,
})

describe(judgeSelf, () => {
  test('a generator that kept its plan passes, and says how it was doing', () => {
    expect(judgeSelf([aSample({ late: 10 })])).toMatchObject({
      verdict: 'pass',
      says: '10 of 1000 arrivals late, producer: 20 % of a core, event loop p99 1.0 ms',
    })
  })

  test.each<[string, readonly SelfSample[]]>([
    ['that was late', [aSample({ late: 11 })]],
    ['whose event loop was held up', [aSample(), aSample({ delayP99Ms: 51 })]],
    ['that sent nothing', [aSample({ arrivals: 0 })]],
    ['that nobody watched', []],
  ])('a generator %s makes the run unknown', (_, samples) => {
    expect(judgeSelf(samples).verdict).toBe('unknown')
  })
})

test('a thread sees that it was held up and how busy it was, and forgets on demand', async () => {
  using watch = watchSelf('me')
  const holdUp = () => {
    const busyUntil = performance.now() + milliseconds(60)
    while (performance.now() < busyUntil);
  }
  const seen = () => {
    if (watch.read().delayMaxMs > 40) return true
    holdUp()
    return false
  }
  await until(seen, { within: seconds(5), what: 'hold-up that was seen', every: 10 })
  watch.arrived(7, 2)
  expect(watch.read()).toMatchObject({ name: 'me', arrivals: 7, late: 2 })
  expect(watch.read().cpuShare).toBeGreaterThan(0.1)
  watch.reset()
  expect(watch.read()).toMatchObject({ delayMaxMs: 0, arrivals: 0, late: 0 })
})
