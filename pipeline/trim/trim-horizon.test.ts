import { expect, test } from 'vitest'
import type { GroupNeed } from './group-need.ts'
import { settledUpTo } from './settled-up-to.ts'
import { trimHorizon } from './trim-horizon.ts'

const aGroup = (with_: Partial<GroupNeed> = {}): GroupNeed => ({
  name: 'indexers',
  lastDeliveredId: '9-0',
  oldestPendingId: null,
  ...with_,
})

test('a stream without groups has no horizon: nobody has said what may go', () => {
  expect(trimHorizon([], '20-0')).toEqual({ keepFrom: null, because: expect.stringContaining('no group') })
})

test('a cursor beyond the end of the stream was not reached by reading: nothing may go', () => {
  const groups = [aGroup(), aGroup({ name: 'stuck', lastDeliveredId: '20-1' })]
  expect(trimHorizon(groups, '20-0')).toEqual({
    keepFrom: null,
    because: expect.stringContaining('cursor of group stuck, 20-1, is beyond it'),
  })
  expect(trimHorizon(groups, '20-1')).toEqual({ keepFrom: '9-1', pinnedBy: 'indexers' })
})

test.each([
  { why: 'all acknowledged: the last delivered goes too', group: aGroup(), keepFrom: '9-1' },
  { why: 'a pending entry stays itself', group: aGroup({ oldestPendingId: '4-7' }), keepFrom: '4-7' },
  { why: 'nothing was read', group: aGroup({ lastDeliveredId: '0-0' }), keepFrom: '0-1' },
  {
    why: 'the group was set back below what is pending',
    group: aGroup({ lastDeliveredId: '2-0', oldestPendingId: '5-0' }),
    keepFrom: '2-1',
  },
  {
    why: 'a counter at its end',
    group: aGroup({ lastDeliveredId: '9-18446744073709551615' }),
    keepFrom: '10-0',
  },
])('$why: keep from $keepFrom', ({ group, keepFrom }) => {
  expect(trimHorizon([group], '20-0')).toEqual({ keepFrom, pinnedBy: 'indexers' })
})

test('the slowest group holds back all others', () => {
  const groups = [aGroup(), aGroup({ name: 'archive', lastDeliveredId: '10-0', oldestPendingId: '3-0' })]
  expect(trimHorizon(groups, '20-0')).toEqual({ keepFrom: '3-0', pinnedBy: 'archive' })
})

test('what lies right before a pending entry is settled', () => {
  expect(settledUpTo(aGroup({ oldestPendingId: '4-7' }))).toBe('4-6')
  expect(settledUpTo(aGroup({ oldestPendingId: '4-0' }))).toBe('3-18446744073709551615')
  expect(settledUpTo(aGroup())).toBe('9-0')
})
