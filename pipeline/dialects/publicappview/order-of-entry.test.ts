import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { orderOfEntry } from './order-of-entry.ts'

const LAST_MS = Math.floor(Number.MAX_SAFE_INTEGER / 1_000) - 1
const id = fc
  .tuple(
    fc.oneof(
      fc.nat(),
      fc.integer({ min: 1_700_000_000_000, max: 1_700_000_000_009 }),
      fc.integer({ min: 0, max: LAST_MS }),
    ),
    fc.oneof(fc.nat(3), fc.nat(1_023_999)),
  )
  .map(([ms, counter]) => `${ms}-${counter}`)

const orderOf = (entry: string) => {
  const order = orderOfEntry(entry)
  if (!order) throw new Error(`no order for ${entry}`)
  return order
}

test('revs are ordered as the IDs that they are made of, and equal only for the same ID', () => {
  fc.assert(
    fc.property(id, id, (one, other) => {
      const [a, b] = [orderOf(one).rev, orderOf(other).rev]
      expect(a < b ? -1 : a > b ? 1 : 0).toBe(Math.sign(compareEntryIds(one, other)))
    }),
  )
})

test('a rev is a TID, and stands among real ones as a commit of that moment', () => {
  fc.assert(
    fc.property(id, (one) => {
      expect(orderOf(one).rev).toMatch(/^[2-7a-j][2-7a-z]{12}$/)
    }),
  )
  // The rev of a commit made at 2025-10-30T10:06:57.486Z.
  const real = '3m4fpoggrbw2t'
  const at = (time: string) => orderOf(`${Date.parse(time)}-7`)
  expect(at('2025-10-30T10:06:50.123Z').rev < real).toBe(true)
  expect(at('2025-10-30T10:07:00.123Z').rev > real).toBe(true)
  expect(at('2025-10-30T10:07:00.123Z').time).toBe('2025-10-30T10:07:00.123Z')
})

test('a sequence made of an ID is below every sequence of a relay, and ordered as the milliseconds are', () => {
  fc.assert(
    fc.property(id, id, (one, other) => {
      const [a, b] = [orderOf(one).sequence, orderOf(other).sequence]
      expect(Number.isSafeInteger(a)).toBe(true)
      expect(a).toBeLessThan(0)
      const [msOne = 0, msOther = 0] = [one, other].map((text) => Number(text.split('-')[0]))
      if (msOne !== msOther) expect(a < b).toBe(msOne < msOther)
    }),
  )
})

test.each(['9007199254740-0', '18446744073709551615-0', '1700000000000-1024000'])(
  '%s has no order',
  (one) => {
    expect(orderOfEntry(one)).toBeNull()
  },
)
