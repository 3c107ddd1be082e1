import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { encode } from '@atcute/cbor'
import { readCar, verifyRepo } from '@atproto/repo'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { carSlice } from '#loadtest/network/car-slice.ts'
import { cidOf, linkTo } from '#loadtest/network/cid.ts'
import { hostedPopulation } from '#loadtest/network/hosts/hosted-population.ts'
import { type HostedRepo, hostedRepo } from '#loadtest/network/hosts/hosted-repo.ts'
import { createBlockStore } from '#pipeline/backfill/car/block-store.ts'
import { readCommit } from '#pipeline/backfill/car/read-commit.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { CAPTURED_REPOS, missingRepos } from '#test/support/captured-repos.ts'
import { openSnapshot, type SnapshotCounts, type SnapshotOptions } from './snapshot.ts'

const LIMITS = { car: 16_777_216, block: 2_097_152, record: 1_048_576 }

interface ReadOptions extends Partial<SnapshotOptions> {
  /** Bytes per chunk. */
  readonly chunk?: number
  readonly limits?: Partial<typeof LIMITS>
}

interface ReadRepo {
  readonly rev: string
  readonly commit: string
  readonly counts: SnapshotCounts
  readonly events: readonly Record<string, unknown>[]
}

function read(car: Buffer, options: ReadOptions = {}): ReadRepo {
  const { chunk = 65_536, limits, verification = 'cid', ...others } = options
  const store = createBlockStore({ limits: { ...LIMITS, ...limits }, check: verification !== 'none' })
  for (let at = 0; at < car.length; at += chunk) store.push(car.subarray(at, at + chunk))
  const root = store.end()
  const { rev, commit, events, counts } = openSnapshot(store, root, {
    did: others.did ?? readCommit(store.load(root)).did,
    didKey: null,
    verification,
    isWanted: () => true,
    recordBytes: LIMITS.record,
    time: '2026-01-01T00:00:00.000Z',
    ...others,
  })
  return {
    rev,
    commit,
    counts,
    events: [...events].map((text) => JSON.parse(text) as Record<string, unknown>),
  }
}

function reasonOf(call: () => unknown): string | null {
  try {
    call()
    return null
  } catch (error) {
    if (error instanceof RepoError) return error.reason
    throw error
  }
}

const [alice] = hostedPopulation({ seed: 5, repos: 1, records: 300 }) as [HostedRepo]
const signed = { verification: 'signature', did: alice.did, didKey: alice.didKey } as const

describe.skipIf(missingRepos)(`real repos${missingRepos ? ` (${missingRepos})` : ''}`, () => {
  test.each(CAPTURED_REPOS.map((file) => [basename(file), file]))('%s is read fully', async (_, file) => {
    const car = readFileSync(file)
    const { events, commit, rev, counts } = read(car)
    const { blocks, roots } = await readCar(car)
    const [root] = roots
    if (!root) throw new Error('no root')
    const other = await verifyRepo(blocks, root)
    expect(other.creates.length).toBeGreaterThan(0)
    expect(events.map(({ collection, rkey, cid }) => ({ collection, rkey, cid }))).toEqual(
      other.creates.map(({ collection, rkey, cid }) => ({ collection, rkey, cid: cid.toString() })),
    )
    // A commit of before revisions gets one that is lower than all of them; the library makes up a new one.
    const isOld = rev === '2222222222222'
    expect([commit, rev]).toEqual([root.toString(), isOld ? rev : other.commit.rev])
    expect(counts).toMatchObject({ filtered: 0, records: events.length })
  })

  test.each(CAPTURED_REPOS.map((file) => [basename(file), file]))(
    'with bytes of %s turned, missing or doubled, what comes is an error we know, or what was there',
    (_, file) => {
      const car = readFileSync(file)
      const truth = new Map(read(car).events.map(({ cid, record }) => [cid, JSON.stringify(record)]))
      const mutation = fc.record({
        at: fc.integer({ min: 0, max: Math.min(car.length, 20_000) - 1 }),
        kind: fc.constantFrom('turn', 'cut', 'drop', 'double'),
        byte: fc.integer({ min: 1, max: 255 }),
        length: fc.integer({ min: 1, max: 200 }),
      })
      fc.assert(
        fc.property(mutation, fc.constantFrom('none', 'cid'), (how, verification) => {
          try {
            const { events } = read(mutate(car, how), { verification })
            if (verification === 'none') return
            for (const { cid, record } of events) expect(JSON.stringify(record)).toBe(truth.get(cid))
          } catch (error) {
            if (!(error instanceof RepoError)) throw error
          }
        }),
        { numRuns: 150 },
      )
    },
  )
})

function mutate(
  car: Buffer,
  { at, kind, byte, length }: { at: number; kind: string; byte: number; length: number },
) {
  if (kind === 'cut') return car.subarray(0, at)
  if (kind === 'drop') return Buffer.concat([car.subarray(0, at), car.subarray(at + length)])
  if (kind === 'double') return Buffer.concat([car.subarray(0, at + length), car.subarray(at)])
  const turned = Buffer.from(car)
  turned[at] = (turned[at] ?? 0) ^ byte
  return turned
}

describe('a repo', () => {
  test('is the same in whatever chunks and in whatever order it comes', () => {
    const whole = read(alice.car(), signed)
    expect(whole.events).toHaveLength(300)
    for (const order of ['tree-first', 'records-first'] as const) {
      for (const chunk of [1, 7, 1_000]) {
        expect(read(alice.car(order), { ...signed, chunk }).events).toEqual(whole.events)
      }
    }
  })

  test('that holds one record under two keys has both', () => {
    const repo = hostedRepo({ name: 'twins', handle: 'twins.test', k256: true })
    const record = { $type: 'app.bsky.feed.like', createdAt: '2026-01-01T00:00:00Z' }
    const paths = ['app.bsky.feed.like/3k2222222222a', 'app.bsky.feed.like/3k2222222222b']
    repo.commit(
      paths.map((path) => ({ action: 'create', path, record })),
      '3k2222222222c',
    )
    const { events } = read(repo.car(), { verification: 'signature', did: repo.did, didKey: repo.didKey })
    expect(events.map(({ rkey }) => rkey)).toEqual(['3k2222222222a', '3k2222222222b'])
  })

  test('that breaks off anywhere is truncated, or lacks a block', () => {
    const car = alice.car()
    fc.assert(
      fc.property(fc.integer({ min: 0, max: car.length - 1 }), (at) => {
        expect(reasonOf(() => read(car.subarray(0, at)))).toMatch(/^(truncated|missing-block)$/)
      }),
    )
  })

  test.each([
    ['a car', { car: 5_000 }],
    ['a block', { block: 500 }],
  ])('with more bytes than %s may have is too big', (_, limits) => {
    expect(reasonOf(() => read(alice.car(), { limits }))).toBe('too-big')
  })

  test('of exactly what a car and a record may have is read, and not with one byte more', () => {
    const car = alice.car()
    expect(reasonOf(() => read(car, { limits: { car: car.length } }))).toBeNull()
    expect(reasonOf(() => read(car, { limits: { car: car.length - 1 } }))).toBe('too-big')

    const repo = hostedRepo({ name: 'edge', handle: 'edge.test', k256: false })
    const record = { text: 'x'.repeat(700) }
    repo.commit([{ action: 'create', path: 'app.bsky.feed.post/a', record }], '3k2222222222a')
    const recordBytes = encode(record).length
    expect(read(repo.car(), { recordBytes }).counts).toMatchObject({ records: 1 })
    expect(read(repo.car(), { recordBytes: recordBytes - 1 }).counts).toMatchObject({
      records: 0,
      rejected: { 'record-too-big': 1 },
    })
  })

  test('with a record that is too big goes on without it', () => {
    const repo = hostedRepo({ name: 'big', handle: 'big.test', k256: false })
    repo.commit(
      [
        { action: 'create', path: 'app.bsky.feed.post/a', record: { text: 'x'.repeat(3_000) } },
        { action: 'create', path: 'app.bsky.feed.post/b', record: { text: 'y' } },
      ],
      '3k2222222222a',
    )
    const { events, counts } = read(repo.car(), { recordBytes: 1_000 })
    expect(events.map(({ rkey }) => rkey)).toEqual(['b'])
    expect(counts).toMatchObject({ records: 1, rejected: { 'record-too-big': 1 } })
  })

  test('of nothing but tiny blocks is too big before it fills the memory', () => {
    const block = Buffer.concat([
      Buffer.from([37, 0x01, 0x71, 0x12, 0x20]),
      Buffer.alloc(32),
      Buffer.of(0xa0),
    ])
    const root = cidOf(Buffer.alloc(1))
    const header = carSlice(root, [])
    const store = createBlockStore({ limits: { ...LIMITS, car: 1_000_000 }, check: true })
    store.push(header)
    const fill = () => {
      for (let index = 0; index < 20_000; index += 1) {
        block.writeUInt32BE(index, 5)
        store.push(Buffer.from(block))
      }
    }
    expect(reasonOf(fill)).toBe('too-big')
    expect(store.bytes).toBeLessThan(500_000)
  })
})

/** A signed commit over any tree, with any blocks. */
function forged(entries: readonly object[], left: object | null = null) {
  const node = encode({ l: left, e: entries })
  const data = cidOf(node)
  const commit = encode({
    did: alice.did,
    version: 3,
    data: linkTo(data),
    rev: '3k2222222222a',
    prev: null,
    sig: { $bytes: '' },
  })
  return { node, data, commit, root: cidOf(commit) }
}

describe('a tree', () => {
  const record = encode({ text: 'x' })
  const value = linkTo(cidOf(record))
  const bytes = (text: string) => ({ $bytes: Buffer.from(text).toString('base64').replaceAll('=', '') })
  const entry = (k: string, p = 0) => ({ k: bytes(k), p, t: null, v: value })
  const carOf = (entries: readonly object[]) => {
    const { node, data, commit, root } = forged(entries)
    const latin1 = (block: Uint8Array) => Buffer.from(block).toString('latin1')
    return carSlice(root, [
      { cid: root, bytes: latin1(commit) },
      { cid: data, bytes: latin1(node) },
      { cid: cidOf(record), bytes: latin1(record) },
    ])
  }

  test('that is sound is read', () => {
    expect(
      read(carOf([entry('app.bsky.feed.post/a'), entry('b', 19)])).events.map(({ rkey }) => rkey),
    ).toEqual(['a', 'b'])
  })

  test.each([
    ['keys that do not ascend', [entry('app.bsky.feed.post/b'), entry('app.bsky.feed.post/a')]],
    ['a key twice', [entry('app.bsky.feed.post/a'), entry('app.bsky.feed.post/a')]],
    ['a prefix longer than the key before', [entry('app.bsky.feed.post/a'), entry('b', 400)]],
    ['a prefix below zero', [entry('app.bsky.feed.post/a'), entry('b', -1)]],
    ['an entry without a value', [{ ...entry('app.bsky.feed.post/a'), v: null }]],
    ['an entry that is a number', [7 as unknown as object]],
    ['a link to what is no CID', [{ ...entry('app.bsky.feed.post/a'), t: 'x' }]],
  ])('with %s is malformed', (_, entries) => {
    expect(reasonOf(() => read(carOf(entries)))).toBe('malformed-tree')
  })

  test('with keys that are no paths goes on without those', () => {
    const { events, counts } = read(carOf([entry('"},{"'), entry('app.bsky.feed.post/a')]))
    expect(events).toHaveLength(1)
    expect(counts.rejected['malformed-key']).toBe(1)
  })

  test('that leads back to itself comes to an end even when nobody looks at hashes', () => {
    const { data, commit, root } = forged([])
    const latin1 = (block: Uint8Array) => Buffer.from(block).toString('latin1')
    const circle = encode({ l: linkTo(data), e: [] })
    const car = carSlice(root, [
      { cid: root, bytes: latin1(commit) },
      { cid: data, bytes: latin1(circle) },
    ])
    expect(reasonOf(() => read(car, { verification: 'none' }))).toBe('malformed-tree')
  })
})

describe('any bytes', () => {
  test('are an error we know, or a repo', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.integer({ min: 1, max: 64 }), (bytes, chunk) => {
        expect(reasonOf(() => read(Buffer.from(bytes), { chunk }))).not.toBeNull()
      }),
      { numRuns: 300 },
    )
  })

  test('behind a sound header, as any values of CBOR, are an error we know', () => {
    const node = fc.oneof(fc.jsonValue(), fc.record({ l: fc.jsonValue(), e: fc.jsonValue() }))
    fc.assert(
      fc.property(fc.array(node, { minLength: 1, maxLength: 5 }), (values) => {
        const blocks = values.flatMap((value) => {
          try {
            const block = encode(value)
            return [{ cid: cidOf(block), bytes: Buffer.from(block).toString('latin1') }]
          } catch {
            return []
          }
        })
        const [first] = blocks
        if (!first) return
        expect(reasonOf(() => read(carSlice(first.cid, blocks)))).toBe('malformed-commit')
      }),
    )
  })
})
