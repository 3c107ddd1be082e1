import { expect, test } from 'vitest'
import type { RecordEvent, StreamEvent } from '#pipeline/contract.ts'
import { entrySource } from './entry-source.ts'

const now = () => Date.UTC(2026, 0, 2)
const entries = entrySource(1, { now }).next(20_000)
const events = entries.map((text) => JSON.parse(text) as StreamEvent)
const LIKE = 'app.bsky.feed.like'
const offBy = (test: (event: StreamEvent) => boolean, share: number) =>
  Math.abs(events.filter(test).length / events.length - share)

test('the same seed and time give the same entries, another seed gives others', () => {
  expect(entrySource(1, { now }).next(500)).toEqual(entries.slice(0, 500))
  expect(entrySource(2, { now }).next(500)).not.toEqual(entries.slice(0, 500))
})

test('sequences and revisions only increase, also across calls', () => {
  const source = entrySource(3, { now })
  const all = [...source.next(1_500), ...source.next(1_500)].map((text) => JSON.parse(text) as StreamEvent)
  const revs = all.flatMap((event) => ('rev' in event ? event.rev : []))

  expect(all.every(({ seq }, index) => index === 0 || seq === (all[index - 1]?.seq ?? 0) + 1)).toBe(true)
  expect(revs).toEqual(revs.toSorted())
  expect(new Set(revs).size).toBe(revs.length)
  expect(revs.every((rev) => /^[2-7a-z]{13}$/.test(rev))).toBe(true)
})

test('no two records share a name or a CID', () => {
  const created = events.filter((event): event is RecordEvent => event.type === 'create')

  expect(created.length).toBeGreaterThan(10_000)
  expect(new Set(created.map(({ did, collection, rkey }) => `${did}/${collection}/${rkey}`)).size).toBe(
    created.length,
  )
  expect(new Set(created.map(({ cid }) => cid)).size).toBe(created.length)
  expect(created.every(({ cid }) => /^bafyrei[2-7a-z]{52}$/.test(cid))).toBe(true)
})

test('shares, sizes and authors are those of the network', () => {
  const bytes = entries.map((text) => Buffer.byteLength(text))
  const mean = bytes.reduce((sum, size) => sum + size, 0) / bytes.length
  const authors = [...Map.groupBy(events, ({ did }) => did).values()].map(({ length }) => length)

  expect(offBy(({ type }) => type === 'delete', 0.098)).toBeLessThan(0.02)
  expect(offBy((event) => 'collection' in event && event.collection === LIKE, 0.625)).toBeLessThan(0.02)
  expect(offBy(({ type }) => type === 'identity' || type === 'account', 0.02)).toBeLessThan(0.005)
  expect(mean).toBeGreaterThan(450)
  expect(mean).toBeLessThan(750)
  expect(Math.max(...authors)).toBeGreaterThan(20 * (authors.reduce((sum, n) => sum + n, 0) / authors.length))
})
