import fc from 'fast-check'
import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { test } from '#test/support/redis.ts'
import { type Append, createAppend } from './append.ts'
import type { Batch } from './batch.ts'

/** What happens to one call: weather between the ingester and Redis. */
type Weather = 'fair' | 'lost-request' | 'lost-reply' | 'full' | 'out-of-memory' | 'script-forgotten'

const weather = fc.constantFrom<Weather>(
  'fair',
  'fair',
  'lost-request',
  'lost-reply',
  'full',
  'out-of-memory',
  'script-forgotten',
)

/** One round: two batches are under way at once, and the relay may repeat some commits before them. */
const round = fc.record({
  weather: fc.tuple(weather, weather),
  sizes: fc.tuple(fc.nat(3), fc.nat(3)),
  entries: fc.integer({ min: 1, max: 3 }),
  repeats: fc.nat(4),
})

const target = { stream: 's', cursor: 's:cursor:relay', highWater: 10_000 }

async function send(redis: Redis, append: Append, batch: Batch, sky: Weather): Promise<boolean> {
  switch (sky) {
    case 'lost-request':
      return false
    case 'lost-reply':
      await append(batch)
      return false
    case 'full':
      return (await createAppend(redis, { ...target, highWater: 0 })(batch)).outcome === 'appended'
    case 'out-of-memory': {
      await redis.config('SET', 'maxmemory', '1')
      const reply = await append(batch)
      await redis.config('SET', 'maxmemory', '0')
      return reply.outcome === 'appended'
    }
    case 'script-forgotten':
      await redis.script('FLUSH')
      return (await append(batch)).outcome === 'appended'
    case 'fair':
      return (await append(batch)).outcome === 'appended'
  }
}

type Round = typeof round extends fc.Arbitrary<infer R> ? R : never

/** Plays the rounds as the ingester would: what was refused goes again, in order, until it is stored. */
async function play(redis: Redis, append: Append, rounds: readonly Round[]): Promise<string[]> {
  const sent: string[] = []
  let seq = 0
  let after: number | null = null
  for (const { weather: skies, sizes, entries, repeats } of rounds) {
    const batches: Batch[] = sizes.map((size, index) => {
      const first = index === 0 ? Math.max(1, seq + 1 - repeats) : seq + 1
      const last = seq + 1 + size
      const commits = Array.from({ length: last - first + 1 }, (_, offset) => ({
        seq: first + offset,
        values: Array.from({ length: entries }, (_unused, entry) => `${first + offset}/${entry}`),
      }))
      for (const commit of commits) if (commit.seq > seq) sent.push(...commit.values)
      const batch: Batch = { fields: ['event'], commits, after, upTo: last }
      seq = last
      after = last
      return batch
    })
    const stored = [
      await send(redis, append, batches[0] as Batch, skies[0]),
      await send(redis, append, batches[1] as Batch, skies[1]),
    ]
    for (const batch of batches.slice(Math.max(0, stored.indexOf(false)))) await append(batch)
  }
  return sent
}

test('whatever the weather, every commit is stored exactly once and in order', async ({ redis }) => {
  const append = createAppend(redis, target)
  await fc.assert(
    fc.asyncProperty(fc.array(round, { minLength: 1, maxLength: 6 }), async (rounds) => {
      await redis.del('s', 's:cursor:relay')
      const sent = await play(redis, append, rounds)
      const stored = (await redis.xrange('s', '-', '+')).map(([, [, value]]) => value)
      expect(stored).toEqual(sent)
    }),
    { numRuns: 60 },
  )
})

test('an append without its two guards would be caught by that property', async ({ redis }) => {
  const careless: Append = async ({ commits, upTo }) => {
    const values = commits.flatMap((commit) => commit.values)
    for (const value of values) await redis.xadd('s', '*', 'event', value)
    return { outcome: 'appended', added: values.length, skipped: 0, cursor: upTo }
  }
  const sent = await play(redis, careless, [
    { weather: ['lost-reply', 'fair'], sizes: [1, 1], entries: 1, repeats: 0 },
  ])
  const stored = (await redis.xrange('s', '-', '+')).map(([, [, value]]) => value)
  expect(stored).not.toEqual(sent)
})
