import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aCreateEvent } from '#test/support/stream-events.ts'
import type { EntryContent } from './entry-content.ts'
import type { Failure } from './move-to-dead-letters.ts'
import { settleBatch } from './settle-batch.ts'

const entriesNamed = (ids: readonly string[]): EntryContent[] =>
  ids.map((id) => ({ id, events: [aCreateEvent()], unreadable: null }))
const refused = new Error('refused')

/** Settles entries in a sink that refuses every batch with a bad one in it. */
async function settle(ids: readonly string[], bad: ReadonlySet<string>, outages = 0) {
  const acknowledged: string[] = []
  const letters: Failure[] = []
  const retries: string[] = []
  let down = outages
  await settleBatch(entriesNamed(ids), {
    sink: { isRefusal: (error) => error === refused },
    maxFailures: 2,
    signal: new AbortController().signal,
    async commit(entries) {
      if (down-- > 0) throw new Error('out of reach')
      if (entries.some(({ id }) => bad.has(id))) throw refused
    },
    acknowledge: async (entries) => void acknowledged.push(...entries.map(({ id }) => id)),
    deadLetter: async (failure) => void letters.push(failure),
    onRetry: (error) => void retries.push(error.message),
  })
  return { acknowledged, letters, retries }
}

test('a bad entry never blocks, nor costs, the others, and order is kept', async () => {
  const ids = Array.from({ length: 8 }, (_, index) => `${index}-0`)
  await fc.assert(
    fc.asyncProperty(fc.subarray(ids, { maxLength: 2 }), async (bad) => {
      const { acknowledged, letters } = await settle(ids, new Set(bad))
      expect(acknowledged).toEqual(ids.filter((id) => !bad.includes(id)))
      expect(letters.map(({ id }) => id)).toEqual(bad)
    }),
    { numRuns: 6 },
  )
})

test('a bad entry is tried as often as allowed before it becomes a dead letter', async () => {
  const { letters } = await settle(['1-0'], new Set(['1-0']))
  expect(letters).toMatchObject([{ id: '1-0', reason: 'refused-by-sink', error: 'refused', attempts: 2 }])
})

test('an outage is waited for, and is no failure of the entry', async () => {
  const { acknowledged, letters, retries } = await settle(['1-0', '2-0'], new Set(), 2)
  expect(acknowledged).toEqual(['1-0', '2-0'])
  expect(letters).toEqual([])
  expect(retries).toEqual(['out of reach', 'out of reach'])
})
