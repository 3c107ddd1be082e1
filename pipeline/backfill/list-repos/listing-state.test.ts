import { expect, test } from 'vitest'
import { LISTING_DONE, type ListedRepo } from '#pipeline/contract.ts'
import { type ListingState, toStep, whereNext } from './listing-state.ts'

const repo = (did: string): ListedRepo => ({
  did,
  host: 'https://relay.test',
  rev: '',
  status: null,
  active: true,
})
const page = (dids: string, cursor: string | null) => ({
  repos: dids.split('').map(repo),
  rejected: 0,
  cursor,
})
const done = (cursor: string, last: string | null): ListingState => ({
  cursor: LISTING_DONE,
  tail: JSON.stringify({ cursor, last }),
})

test('begins at the beginning, and goes on behind the cursor', () => {
  const first = toStep({ cursor: '', tail: '' }, page('ab', '2'))
  expect(first).toEqual({
    repos: [repo('a'), repo('b')],
    next: { cursor: '2', tail: '{"cursor":"","last":"b"}' },
  })
  expect(whereNext(first.next)).toBe('2')
})

test('the last page carries the mark of the end, and says where newcomers will be', () => {
  const { next } = toStep({ cursor: '2', tail: '' }, page('cd', null))
  expect(next).toEqual(done('2', 'd'))
  expect(whereNext(next)).toBe('2')
})

test.each([
  ['cd', ''],
  ['cdef', 'ef'],
  ['xyz', 'xyz'],
  ['', ''],
])('of a last page that reads "%s" now, "%s" is new', (now, fresh) => {
  const { repos, next } = toStep(done('2', 'd'), page(now, null))
  expect(repos).toEqual(fresh.split('').map(repo))
  expect(next).toEqual(done('2', now.at(-1) ?? 'd'))
})

test('a listing that outgrew its last page goes on', () => {
  const { repos, next } = toStep(done('2', 'd'), page('cdef', '6'))
  expect(repos).toEqual([repo('e'), repo('f')])
  expect(whereNext(next)).toBe('6')
})

test('where a listing that another program has finished goes on is not known', () => {
  expect(whereNext({ cursor: LISTING_DONE, tail: '' })).toBeNull()
  expect(whereNext({ cursor: LISTING_DONE, tail: 'x' })).toBeNull()
})
