import { describe, expect, test } from 'vitest'
import { aGroup, aStreamState } from '#test/support/evidence.ts'
import { countUnreadTrimmed, placeOf } from './judge-cursor.ts'

const state = (first: string | null, last: string, length: number, added: number | null) =>
  aStreamState({ firstEntryId: first, lastGeneratedId: last, length, entriesAdded: added })
const group = (at: string, read: number | null) => aGroup({ lastDeliveredId: at, entriesRead: read })

test.each([
  { at: '0-0', place: 'before-first' },
  { at: '2-9', place: 'before-first' },
  { at: '3-0', place: 'within' },
  { at: '8-9', place: 'within' },
  { at: '9-0', place: 'caught-up' },
  { at: '9-1', place: 'ahead' },
])('a group at $at of a stream from 3-0 to 9-0 is $place', ({ at, place }) => {
  expect(placeOf(group(at, 0), state('3-0', '9-0', 7, 9))).toBe(place)
})

test('in an emptied stream a group is before the next entry, or caught up', () => {
  expect(placeOf(group('2-0', 2), state(null, '9-0', 0, 9))).toBe('before-first')
  expect(placeOf(group('9-0', 9), state(null, '9-0', 0, 9))).toBe('caught-up')
})

describe(countUnreadTrimmed, () => {
  test.each([
    { what: 'trimmed up to the group, as it should be', at: '5-0', read: 5, length: 4, lost: 0 },
    { what: 'trimmed past the group', at: '2-0', read: 2, length: 4, lost: 3 },
    { what: 'emptied past the group', at: '2-0', read: 2, length: 0, lost: 7 },
    { what: 'trimmed past it, and then read to the end', at: '9-0', read: 6, length: 4, lost: 3 },
    { what: 'read to the end with nothing trimmed unread', at: '9-0', read: 9, length: 4, lost: 0 },
    { what: 'within, and its lag fits what is left', at: '7-0', read: 7, length: 4, lost: 0 },
    { what: 'within, and its lag is more than is left', at: '6-0', read: 2, length: 4, lost: 4 },
    { what: 'at the beginning, nothing read', at: '0-0', read: null, length: 4, lost: 5 },
  ])('$what: $lost lost', ({ at, read, length, lost }) => {
    const first = length === 0 ? null : '6-0'
    expect(countUnreadTrimmed(group(at, read), state(first, '9-0', length, 9))).toBe(lost)
  })

  test.each([
    { what: 'Redis does not count', read: 2, added: null, deleted: '0-0', at: '2-0' },
    { what: 'the group was set to an arbitrary ID', read: null, added: 9, deleted: '0-0', at: '2-0' },
    { what: 'entries were deleted as well', read: 2, added: 9, deleted: '1-0', at: '2-0' },
    { what: 'the group is ahead of the stream', read: 2, added: 9, deleted: '0-0', at: '99-0' },
  ])('cannot tell when $what', ({ read, added, deleted, at }) => {
    const stream = { ...state('6-0', '9-0', 4, added), maxDeletedEntryId: deleted }
    expect(countUnreadTrimmed(group(at, read), stream)).toBeNull()
  })
})
