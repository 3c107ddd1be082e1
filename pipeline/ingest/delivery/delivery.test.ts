import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { createBatcher, type QueuedBatch } from './batcher.ts'
import { createDelivery, type SendReply } from './delivery.ts'

type Weather = 'fair' | 'full' | 'lost-request' | 'lost-reply' | 'slow' | 'emptied'

/** A Redis as the append script sees it: what it holds, and what comes between it and us. */
function aStore(skies: readonly Weather[]) {
  const held: number[] = []
  const state = { cursor: null as number | null, calls: 0, mostUnderWay: 0, underWay: 0 }
  const apply = ({ batch }: QueuedBatch): SendReply => {
    if (!batch) return { outcome: 'nothing-to-store' }
    const { after = null, upTo = null } = batch.moves[0] ?? {}
    if (after !== null && (state.cursor === null || state.cursor < after)) {
      return { outcome: 'predecessor-missing', cursors: [state.cursor] }
    }
    const fresh = batch.commits.filter(({ seq }) => state.cursor === null || seq > state.cursor)
    held.push(...fresh.map(({ seq }) => seq))
    state.cursor = Math.max(upTo ?? 0, state.cursor ?? 0)
    return { outcome: 'appended', added: fresh.length, skipped: 0, cursors: [state.cursor] }
  }
  const send = async (queued: QueuedBatch): Promise<SendReply> => {
    const sky = skies[state.calls++] ?? 'fair'
    state.mostUnderWay = Math.max(state.mostUnderWay, ++state.underWay)
    if (sky === 'emptied') {
      held.length = 0
      state.cursor = null
    }
    const lost: SendReply = { outcome: 'no-reply', says: 'connection lost' }
    const reply =
      sky === 'full' ? ({ outcome: 'high-water', length: 9, cursors: [state.cursor] } as const) : null
    const answer = reply ?? (sky === 'lost-request' ? lost : apply(queued))
    await systemClock.sleep(sky === 'slow' ? 10 : 0)
    state.underWay--
    return sky === 'lost-reply' ? lost : answer
  }
  return { held, state, send }
}

/** Delivers sequences 1 to `last`, asking for them again from the cursor when the store was rolled back. */
async function deliver(skies: readonly Weather[], last: number) {
  const store = aStore(skies)
  const batcher = createBatcher({ maxEntries: 2, maxBytes: 1_000, fields: ['event'] }, [null])
  const refusals: string[] = []
  let next = 1
  const delivery = createDelivery({
    batcher,
    send: store.send,
    width: 2,
    linger: { entries: 1, cursor: 1 },
    retry: { base: 1, cap: 1 },
    onStored() {},
    onRefused: ({ outcome }) => void refusals.push(outcome),
    onRolledBack([cursor]) {
      next = (cursor ?? 0) + 1
    },
  })
  await until(
    () => {
      if (next <= last) {
        batcher.add({ seq: next, time: '', values: ['x'], rejected: null })
        next++
        delivery.nudge()
      }
      return next > last && store.state.cursor === last && batcher.waiting === null && !delivery.isRefused
    },
    { within: seconds(5), what: 'delivery', every: 0 },
  )
  await delivery.drain()
  delivery.stop()
  return { ...store, refusals }
}

const sequences = (last: number) => Array.from({ length: last }, (_, index) => index + 1)

describe(createDelivery, () => {
  test('keeps two calls under way while all goes well', async () => {
    const { held, state, refusals } = await deliver(['slow', 'slow', 'slow'], 12)
    expect(held).toEqual(sequences(12))
    expect(state.mostUnderWay).toBe(2)
    expect(refusals).toEqual([])
  })

  test('a refused batch is stored before the ones behind it', async () => {
    const { held, refusals } = await deliver(['fair', 'full', 'slow', 'full'], 12)
    expect(held).toEqual(sequences(12))
    expect(refusals).toContain('high-water')
  })

  test('a store that was emptied is filled again from the beginning', async () => {
    const { held, refusals } = await deliver(['fair', 'fair', 'emptied'], 12)
    expect(held).toEqual(sequences(12))
    expect(refusals).toContain('predecessor-missing')
  })

  test('whatever the weather, everything is stored once and in order', async () => {
    const weather = fc.constantFrom<Weather>('fair', 'full', 'lost-request', 'lost-reply', 'slow', 'emptied')
    await fc.assert(
      fc.asyncProperty(
        fc.array(weather, { maxLength: 12 }),
        fc.integer({ min: 1, max: 14 }),
        async (skies, last) => {
          // A store emptied after the last batch would be noticed only with the next one.
          const { held } = await deliver([...skies, 'fair'], last + 2 * skies.length)
          expect(held).toEqual(sequences(last + 2 * skies.length))
        },
      ),
      { numRuns: 25 },
    )
  })
})
