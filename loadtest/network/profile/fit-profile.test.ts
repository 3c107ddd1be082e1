import { expect, test } from 'vitest'
import { DEFAULT_MIX } from '../event-mix.ts'
import type { RelayFrame } from '../frame-source.ts'
import { seededRandom } from '../random.ts'
import { syntheticNetwork } from '../synthetic-network.ts'
import { zipf } from '../zipf.ts'
import { countFrame } from './count-frame.ts'
import { fitProfile } from './fit-profile.ts'
import { fitZipf } from './fit-zipf.ts'
import { profileSchema } from './profile.ts'
import { emptySample } from './sample.ts'

/** Far from the default in everything that a sample shows. */
const ODD = {
  ...DEFAULT_MIX,
  messages: { identity: 0.1, account: 0.08, sync: 0.05 },
  records: { ...DEFAULT_MIX.records, like: 0.1, post: 0.7 },
  deletes: 0.3,
  posts: {
    ...DEFAULT_MIX.posts,
    replies: 0.8,
    images: 0.5,
    externals: 0.05,
    tags: 0.4,
    languages: { ja: 0.7, de: 0.3 },
    medianLength: 120,
    lengthSpread: 0.4,
  },
}

function sampleOf(frames: number) {
  const sample = emptySample()
  let now = Date.UTC(2026, 0, 2)
  const network = syntheticNetwork({ seed: 3, accounts: 400, mix: ODD, now: () => (now += 4) })
  for (let frame = 0; frame < frames; frame += 1) countFrame(sample, network.next(100) as RelayFrame)
  return sample
}

test('what a network was made of is found again in its frames', () => {
  const { profile } = fitProfile(sampleOf(3_000), 'odd')
  const { messages, records, deletes, posts } = profileSchema.parse(profile).mix
  expect(messages.identity).toBeCloseTo(0.1, 1)
  expect(messages.sync).toBeCloseTo(0.05, 1)
  expect(records.post).toBeGreaterThan(0.6)
  // Who has just come to life has nothing to delete yet.
  expect(Math.abs(deletes - 0.3)).toBeLessThan(0.1)
  expect(Math.abs(posts.replies - 0.8)).toBeLessThan(0.06)
  expect(Math.abs(posts.images - 0.5)).toBeLessThan(0.06)
  expect(Math.abs((posts.languages.ja ?? 0) - 0.7)).toBeLessThan(0.1)
  expect(Math.abs(posts.medianLength - 125)).toBeLessThan(20)
  expect(profile.rate?.[0]?.arrivals).toMatchObject({ shape: 'constant' })
})

test('what too few samples tell stays as the default has it, and is said to', () => {
  const { profile, assumed } = fitProfile(sampleOf(20), 'short')
  expect(profile.mix.posts).toEqual(DEFAULT_MIX.posts)
  expect(assumed.join()).toContain('posts.replies: ')
  expect(assumed.join()).toContain('rate: ')
})

test.each([0.4, 0.9, 1.4])('a Zipf law of exponent %f is found again in its counts', (exponent) => {
  const [draw, random] = [zipf(300, exponent), seededRandom(1)]
  const ranks = Array.from({ length: 30_000 }, () => draw(random))
  const counts = [...Map.groupBy(ranks, (rank) => rank).values()].map(({ length }) => length)
  expect(Math.abs(fitZipf(counts) - exponent)).toBeLessThan(0.06)
})
