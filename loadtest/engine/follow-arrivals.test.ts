import { describe, expect, test } from 'vitest'
import type { Clock } from '#kernel/time/clock.ts'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import { followArrivals } from './follow-arrivals.ts'
import { createWaits } from './waits.ts'

/** A clock that stands still unless somebody sleeps. */
function aClock() {
  let time = 1_000
  const clock: Clock = {
    now: () => time,
    async sleep(ms) {
      time += ms
    },
  }
  return { clock, pass: (ms: number) => void (time += ms) }
}

const slots = (...times: readonly number[]) => times.map((atMs) => ({ atMs, count: 1, phase: 0 }))
const signal = new AbortController().signal

describe(followArrivals, () => {
  const follow = async (
    model: 'open' | 'closed',
    room: (pass: (ms: number) => void) => Promise<void> | null,
    onTake: (pass: (ms: number) => void) => void = () => {},
  ) => {
    const { clock, pass } = aClock()
    const taken: { at: number; intendedAt: number; late: boolean }[] = []
    await followArrivals({
      slots: slots(0, 10, 200),
      startAt: 1_000,
      model,
      clock,
      signal,
      room: () => room(pass),
      take(_, intendedAt, late) {
        taken.push({ at: clock.now(), intendedAt, late })
        onTake(pass)
      },
    })
    return taken
  }

  test('takes each arrival when its time has come', async () => {
    const taken = await follow('open', () => null)
    expect(taken).toEqual([1_000, 1_010, 1_200].map((at) => ({ at, intendedAt: at, late: false })))
  })

  test('an arrival that finds no room keeps the time at which it was due, and is nobody’s lateness', async () => {
    let full = 3
    const taken = await follow('open', (pass) => {
      if (full-- <= 0) return null
      pass(100)
      return Promise.resolve()
    })
    expect(taken.slice(0, 2)).toEqual([
      { at: 1_300, intendedAt: 1_000, late: false },
      { at: 1_300, intendedAt: 1_010, late: false },
    ])
  })

  test('a loop that was busy with itself is late', async () => {
    const taken = await follow(
      'open',
      () => null,
      (pass) => pass(100),
    )
    expect(taken.map(({ late }) => late)).toEqual([false, true, false])
  })

  test('a closed loop knows no time but now', async () => {
    const taken = await follow(
      'closed',
      () => null,
      (pass) => pass(100),
    )
    expect(taken.map(({ intendedAt }) => intendedAt)).toEqual([1_000, 1_100, 1_200])
    expect(taken.every(({ late }) => !late)).toBe(true)
  })
})

describe(createWaits, () => {
  const aQueue = () => {
    const latencies = createLatencies()
    const waits = createWaits(latencies)
    waits.add(10, 10, 100, true)
    waits.add(15, 5, 200, true)
    return { latencies, waits }
  }

  test('each wait is recorded once, in parts and however often it is settled', () => {
    const { latencies, waits } = aQueue()
    for (const upTo of [4, 4, 12, 12, 15]) waits.settle(upTo, 300)
    expect(latencies.count).toBe(15)
    expect(latencies.at(100)).toBeCloseTo(200, 0)
    expect(latencies.at(10)).toBeCloseTo(100, 0)
  })

  test('whoever is never through is recorded with what he has waited', () => {
    const { latencies, waits } = aQueue()
    waits.settle(4, 150)
    waits.giveUp(10_100)
    expect([latencies.count, latencies.maxMs]).toEqual([15, expect.closeTo(10_000, -2)])
  })

  test('what is not told leaves nothing', () => {
    const latencies = createLatencies()
    const waits = createWaits(latencies)
    waits.add(10, 10, 100, false)
    waits.settle(10, 300)
    expect(latencies.count).toBe(0)
  })
})
