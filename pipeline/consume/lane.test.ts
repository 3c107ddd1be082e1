import fc from 'fast-check'
import { expect, test } from 'vitest'
import { startLane } from './lane.ts'
import { laneOf } from './lane-of.ts'

test('a DID is always in the same lane, and lanes are used alike', () => {
  const dids = Array.from({ length: 4_000 }, (_, index) => `did:plc:${index.toString(36).padStart(24, 'a')}`)
  const counts = [0, 0, 0, 0]
  for (const did of dids) {
    const lane = laneOf(did, 4)
    expect(laneOf(did, 4)).toBe(lane)
    counts[lane] = (counts[lane] ?? 0) + 1
  }
  for (const count of counts) expect(count).toBeGreaterThan(700)
})

test('every item is worked on once, in order, one batch at a time, whenever it is offered', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(3), { maxLength: 40 }),
      fc.integer({ min: 1, max: 5 }),
      async (pauses, most) => {
        const done: number[] = []
        let working = 0
        const lane = startLane<number>({
          most,
          async work(batch) {
            expect(++working).toBe(1)
            expect(batch.length).toBeLessThanOrEqual(most)
            await Promise.resolve()
            done.push(...batch)
            working -= 1
          },
          onFailure(error) {
            throw error
          },
        })
        for (const [item, pause] of pauses.entries()) {
          lane.offer(item)
          for (let turn = 0; turn < pause; turn += 1) await Promise.resolve()
        }
        await lane.idle()
        expect(done).toEqual(pauses.map((_, item) => item))
      },
    ),
  )
})

test('a failure ends the lane and is told once', async () => {
  const failures: unknown[] = []
  const lane = startLane<number>({
    most: 1,
    work: () => Promise.reject(new Error('bug')),
    onFailure: (error) => failures.push(error),
  })
  lane.offer(1)
  lane.offer(2)
  await lane.idle()
  expect(failures).toHaveLength(1)
})

test('a lower rank waits while a higher one has items, but never for ever', async () => {
  const worked: number[] = []
  const lane = startLane<string>({
    ranks: 2,
    most: 1,
    work: async (_, rank) => void worked.push(rank),
    onFailure(error) {
      throw error
    },
  })
  for (let item = 0; item < 10; item += 1) lane.offer('late', 1)
  for (let item = 0; item < 40; item += 1) lane.offer('urgent', 0)
  await lane.idle()
  const turns = worked.flatMap((rank, turn) => (rank === 1 ? [turn] : []))
  expect(turns.slice(0, 2)).toEqual([15, 31])
  expect(worked.slice(42)).toEqual(Array.from({ length: 8 }, () => 1))
})

test('items of each rank keep their order, and no batch mixes ranks', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(2), { maxLength: 60 }),
      fc.integer({ min: 1, max: 5 }),
      async (ranks, most) => {
        const done: { rank: number; item: number }[] = []
        const lane = startLane<{ rank: number; item: number }>({
          ranks: 3,
          most,
          async work(batch, rank) {
            for (const one of batch) expect(one.rank).toBe(rank)
            done.push(...batch)
          },
          onFailure(error) {
            throw error
          },
        })
        const items = ranks.map((rank, item) => ({ rank, item }))
        for (const one of items) lane.offer(one, one.rank)
        await lane.idle()
        for (const rank of [0, 1, 2]) {
          expect(done.filter((one) => one.rank === rank)).toEqual(items.filter((one) => one.rank === rank))
        }
      },
    ),
  )
})
