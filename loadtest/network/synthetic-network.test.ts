import { hash } from 'node:crypto'
import { fromUint8Array } from '@atcute/car'
import { type Bytes, type CidLink, decodeFirst, fromBytes } from '@atcute/cbor'
import { expect, test } from 'vitest'
import type { Account } from './account.ts'
import { DEFAULT_MIX } from './event-mix.ts'
import type { RelayFrame } from './frame-source.ts'
import { isStreamEvent, type JournalEvent } from './journal-event.ts'
import { syntheticNetwork } from './synthetic-network.ts'

const FRAMES = 6_000
const beganAt = Date.UTC(2026, 0, 2, 3, 4, 5)

interface Body {
  readonly seq: number
  readonly blocks: Bytes
  readonly commit: CidLink
  readonly ops: readonly { path: string; cid: CidLink | null }[]
}

function framesOf(
  seed: number,
  count: number,
  accounts = 500,
  onBorn?: (account: Account) => void,
): RelayFrame[] {
  let nowMs = beganAt
  const now = () => (nowMs += 2)
  const network = syntheticNetwork({ seed, accounts, now, ...(onBorn ? { onBorn } : {}) })
  return Array.from({ length: count }, () => network.next(100) as RelayFrame)
}

const frames = framesOf(1, FRAMES)
const events = frames.flatMap((frame) => frame.events)
const records = events.filter((event) => 'collection' in event)

const shareOf = (kind: (event: (typeof records)[number]) => boolean) =>
  records.filter(kind).length / records.length
const weightOf = (kind: keyof typeof DEFAULT_MIX.records) =>
  DEFAULT_MIX.records[kind] / Object.values(DEFAULT_MIX.records).reduce((sum, weight) => sum + weight)

function bodyOf({ bytes }: RelayFrame): { type: string; body: Body } {
  const [header, body] = decodeFirst(bytes)
  return { type: (header as { t: string }).t, body: decodeFirst(body)[0] as Body }
}

test('the same seed and times give the same bytes, another seed gives others', () => {
  const bytes = (seed: number) =>
    framesOf(seed, 500).map((frame) => Buffer.from(frame.bytes).toString('base64'))

  expect(bytes(1)).toEqual(bytes(1))
  expect(bytes(1)).not.toEqual(bytes(2))
})

test('sequences count up, and the revisions of each repo increase', () => {
  const revs = Map.groupBy(records, ({ did }) => did)

  expect(frames.map(({ seq }) => seq)).toEqual(frames.map((_, index) => index + 1))
  expect(revs.size).toBeGreaterThan(300)
  for (const own of revs.values())
    expect(own.map(({ rev }) => rev)).toEqual(own.map(({ rev }) => rev).toSorted())
})

test('every block hashes to its CID, and every commit and record of an op is among them', () => {
  const commits = frames.map(bodyOf).filter(({ type }) => type === '#commit')
  expect(commits.length).toBeGreaterThan(FRAMES * 0.9)
  const wrong: string[] = []
  for (const { body } of commits) {
    const found = new Set<string>()
    for (const { cid, bytes } of fromUint8Array(fromBytes(body.blocks))) {
      const digest = hash('sha256', bytes, 'hex')
      if (digest !== Buffer.from(cid.digest.contents).toString('hex')) wrong.push(`${body.seq}: ${digest}`)
      found.add(Buffer.from(cid.bytes).toString('hex'))
    }
    const links = [body.commit, ...body.ops.flatMap(({ cid }) => cid ?? [])]
    for (const { bytes } of links as unknown as { bytes: Uint8Array }[]) {
      if (!found.has(Buffer.from(bytes).toString('hex'))) wrong.push(`${body.seq} lacks a block`)
    }
  }
  expect(wrong).toEqual([])
})

test.each([
  { kind: 'like', collection: 'app.bsky.feed.like', within: 0.04 },
  { kind: 'follow', collection: 'app.bsky.graph.follow', within: 0.025 },
  { kind: 'post', collection: 'app.bsky.feed.post', within: 0.02 },
  { kind: 'repost', collection: 'app.bsky.feed.repost', within: 0.02 },
  { kind: 'profile', collection: 'app.bsky.actor.profile', within: 0.008 },
] as const)('the share of $kind is the one of the mix', ({ kind, collection, within }) => {
  expect(Math.abs(shareOf((event) => event.collection === collection) - weightOf(kind))).toBeLessThan(within)
})

test('deletes, other collections, identities and accounts have their shares too', () => {
  const others = records.filter((event) => !isStreamEvent(event))
  const actions = (action: JournalEvent['action']) => events.filter((event) => event.action === action).length

  expect(Math.abs(shareOf(({ action }) => action === 'delete') - DEFAULT_MIX.deletes)).toBeLessThan(0.03)
  expect(Math.abs(others.length / records.length - weightOf('other'))).toBeLessThan(0.015)
  expect(actions('identity') / FRAMES).toBeGreaterThan(0.007)
  expect(actions('account') / FRAMES).toBeGreaterThan(0.007)
  expect(actions('update')).toBeGreaterThan(50)
})

test('a few accounts write a lot, most write little', () => {
  const authors = [...Map.groupBy(records, ({ did }) => did).values()]
    .map(({ length }) => length)
    .toSorted((a, b) => b - a)
  const median = authors[authors.length >> 1] ?? 0

  expect(authors[0]).toBeGreaterThan(15 * median)
})

test('a record is created once, and only what was created before is deleted', () => {
  const there = new Set<string>()
  const wrong = records.filter(({ did, collection, rkey, action }) => {
    const name = `${did}/${collection}/${rkey}`
    const known = there.has(name)
    if (action === 'delete') there.delete(name)
    else there.add(name)
    return known !== (action === 'delete') && action !== 'update'
  })

  expect(records.filter(({ action }) => action === 'delete').length).toBeGreaterThan(300)
  expect(wrong).toEqual([])
})

test('a frame never carries more events than asked for', () => {
  const network = syntheticNetwork({
    seed: 5,
    accounts: 50,
    mix: { ...DEFAULT_MIX, severalOps: { share: 1, most: 10 } },
  })
  const sizes = (most: number) => Array.from({ length: 300 }, () => network.next(most)?.events.length ?? 0)

  expect(Math.max(...sizes(100))).toBe(10)
  expect(Math.max(...sizes(3))).toBe(3)
  expect(Math.max(...sizes(1))).toBe(1)
})

test('a repo that is full leaves, so that no repo grows without bound', () => {
  const people: Account[] = []
  framesOf(6, 2_000, 10, (account) => people.push(account))
  const sizes = people.map(({ repo }) => repo.records.size)

  expect(Math.max(...sizes)).toBeLessThan(DEFAULT_MIX.accounts.repoRecords + DEFAULT_MIX.severalOps.most)
  expect(people.filter(({ status }) => status === 'deactivated').length).toBeGreaterThan(0)
})

test('a network that begins at another sequence has other accounts, so that a restart repeats nothing', () => {
  const now = () => beganAt
  const didsFrom = (firstSeq: number) => {
    const network = syntheticNetwork({ seed: 1, accounts: 50, now, firstSeq })
    const made = Array.from({ length: 200 }, () => network.next(100) as RelayFrame)
    expect(made[0]?.seq).toBe(firstSeq)
    return new Set(made.flatMap((frame) => frame.events.map(({ did }) => did)))
  }
  expect(didsFrom(1).intersection(didsFrom(1)).size).toBeGreaterThan(10)
  expect(didsFrom(1).intersection(didsFrom(1_000)).size).toBe(0)
})
