import { expect, test } from 'vitest'
import type { Played } from './played.ts'
import { toFirehoseSection } from './to-firehose-section.ts'

const aPlaying = (changes: Partial<Played> = {}): Played => ({
  into: 'stream x',
  planned: 100,
  sent: 100,
  acknowledged: 100,
  late: 0,
  tookMs: 1_000,
  latencies: null,
  selves: [{ name: 'producer', delayP99Ms: 1, delayMaxMs: 1, cpuShare: 0.1, arrivals: 100, late: 0 }],
  interrupted: null,
  ...changes,
})

test('a firehose that was played whole and in time passes', () => {
  expect(toFirehoseSection(aPlaying()).verdict).toBe('pass')
  expect(toFirehoseSection(aPlaying({ acknowledged: null })).verdict).toBe('pass')
})

test.each<[Partial<Played>, string]>([
  [{ acknowledged: 99 }, 'fail'],
  [{ sent: 99, acknowledged: 99 }, 'unknown'],
  [{ planned: 0, sent: 0, acknowledged: 0 }, 'unknown'],
  [{ selves: [] }, 'unknown'],
])('one with %o is %s', (changes, verdict) => {
  expect(toFirehoseSection(aPlaying(changes)).verdict).toBe(verdict)
})
