import { expect, test } from 'vitest'
import { UsageError } from '#kernel/errors.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import { publicappview } from '#pipeline/dialects/publicappview/publicappview.ts'
import { toMemberships } from './to-memberships.ts'

const consumer = 'c'

test('one group is read in every stream, in the order of the streams', () => {
  expect(toMemberships({ stream: 'live, backfill', group: 'g', consumer }, divy)).toEqual([
    { stream: 'live', group: 'g', consumer },
    { stream: 'backfill', group: 'g', consumer },
  ])
})

test('several groups belong to the streams in turn', () => {
  expect(toMemberships({ stream: 'live,labels', group: 'g,label_group', consumer }, divy)).toEqual([
    { stream: 'live', group: 'g', consumer },
    { stream: 'labels', group: 'label_group', consumer },
  ])
})

test('labels have a group of their own unless another one is named', () => {
  const groupsOf = (group: string) =>
    toMemberships({ stream: 'firehose_live,label_live', group, consumer }, divy).map((one) => one.group)
  expect(groupsOf('firehose_group')).toEqual(['firehose_group', 'label_group'])
  expect(groupsOf('mine')).toEqual(['mine', 'mine'])
  expect(groupsOf('firehose_group,firehose_group')).toEqual(['firehose_group', 'firehose_group'])
})

test('a stream of labels may have another name, and comes last with a group of its own', () => {
  const read = (more: { group?: string; labelStream?: string; labelGroup?: string }) =>
    toMemberships({ stream: 'firehose_live', group: 'firehose_group', consumer, ...more }, divy).map(
      ({ stream, group }) => `${stream} as ${group}`,
    )
  expect(read({ labelStream: 'l' })).toEqual(['firehose_live as firehose_group', 'l as label_group'])
  expect(read({ labelStream: 'l', group: 'mine' })).toEqual(['firehose_live as mine', 'l as mine'])
  expect(read({ labelStream: 'l', group: 'mine', labelGroup: 'g' })).toEqual([
    'firehose_live as mine',
    'l as g',
  ])
  expect(read({ labelGroup: 'g' })).toEqual(['firehose_live as firehose_group'])
  const asked = { stream: 's', group: 'g', consumer, labelStream: 'l' }
  expect(() => toMemberships(asked, publicappview)).toThrow('carries no labels')
})

test.each([
  { stream: 'a,b', group: 'g,h,i', says: 'one group for all streams, or 2' },
  { stream: 'a,b,a', group: 'g', says: 'names a twice' },
  { stream: ' , ', group: 'g', says: 'names no stream' },
])('streams "$stream" with groups "$group" are refused', ({ says, ...lists }) => {
  expect(() => toMemberships({ ...lists, consumer }, divy)).toThrow(UsageError)
  expect(() => toMemberships({ ...lists, consumer }, divy)).toThrow(says)
})
