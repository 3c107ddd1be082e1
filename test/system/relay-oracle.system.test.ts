import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeFirst } from '@atcute/cbor'
import { formatDidKey } from '@atproto/crypto'
import type { IdResolver } from '@atproto/identity'
import {
  type BlockMap,
  cborToLexRecord,
  MemoryBlockstore,
  MST,
  readCarWithRoot,
  verifyProofs,
} from '@atproto/repo'
import { type Event, Firehose } from '@atproto/sync'
import { expect, test } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import type { Account } from '#loadtest/network/account.ts'
import { DEFAULT_MIX } from '#loadtest/network/event-mix.ts'
import { type FrameSource, frameSource, type RelayFrame } from '#loadtest/network/frame-source.ts'
import type { JournalEvent } from '#loadtest/network/journal-event.ts'
import { startRelay } from '#loadtest/network/relay.ts'
import { syntheticNetwork } from '#loadtest/network/synthetic-network.ts'

type Cid = Parameters<typeof MST.load>[1]

interface CommitBody {
  readonly repo: string
  readonly rev: string
  readonly since: string | null
  readonly prevData?: Cid
  readonly blocks: Uint8Array
  readonly ops: readonly { action: string; path: string; cid: Cid | null; prev?: Cid }[]
}

/** A mix in which everything that is rare happens often, so that a few thousand events hold all of it. */
const LIVELY = {
  ...DEFAULT_MIX,
  messages: { identity: 0.03, account: 0.04, sync: 0.02 },
  deletes: 0.25,
  severalOps: { share: 0.15, most: 6 },
  accounts: { ...DEFAULT_MIX.accounts, repoRecords: 60 },
}

function aNetwork(seed: number): { network: FrameSource; people: Map<string, Account> } {
  const people = new Map<string, Account>()
  const onBorn = (account: Account) => void people.set(account.did, account)
  return { network: syntheticNetwork({ seed, accounts: 80, mix: LIVELY, onBorn }), people }
}

function didKeyOf({ key }: Account): string {
  return formatDidKey(key.curve === 'p256' ? 'ES256' : 'ES256K', key.publicKey())
}

/** Answers with the keys and handles of our own accounts; asks nobody else. */
function resolverFor(people: ReadonlyMap<string, Account>): IdResolver {
  const known = (did: string) => {
    const account = people.get(did)
    if (!account) throw new Error(`nobody is called ${did}`)
    return account
  }
  return {
    did: {
      resolve: async (did: string) => ({ id: did, alsoKnownAs: [`at://${known(did).handle}`] }),
      resolveAtprotoKey: async (did: string) => didKeyOf(known(did)),
    },
    handle: {
      resolve: async (handle: string) => [...people.values()].find((one) => one.handle === handle)?.did,
    },
  } as unknown as IdResolver
}

interface Oracle extends AsyncDisposable {
  readonly events: Event[]
  readonly errors: Error[]
}

function listen(url: string, people: ReadonlyMap<string, Account>): Oracle {
  const events: Event[] = []
  const errors: Error[] = []
  const firehose = new Firehose({
    service: url,
    idResolver: resolverFor(people),
    unauthenticatedCommits: false,
    getCursor: () => 0,
    handleEvent: (event) => void events.push(event),
    onError: (error) => void errors.push(error),
  })
  const running = firehose.start()
  return {
    events,
    errors,
    async [Symbol.asyncDispose]() {
      await firehose.destroy()
      await running
    },
  }
}

function asJournaled(event: Event): object {
  const { seq, did } = event
  switch (event.event) {
    case 'create':
    case 'update': {
      const { collection, rkey, rev, cid } = event
      return { seq, did, action: event.event, collection, rkey, rev, cid: String(cid) }
    }
    case 'delete': {
      const { collection, rkey, rev } = event
      return { seq, did, action: 'delete', collection, rkey, rev }
    }
    case 'identity':
    case 'account':
    case 'sync':
      return { seq, did, action: event.event }
  }
}

function asSeen(event: JournalEvent): object {
  return Object.fromEntries(Object.entries(event).filter(([key]) => key !== 'time' && key !== 'filtered'))
}

function flipped(frame: RelayFrame, after: string): RelayFrame {
  const bytes = Buffer.from(frame.bytes)
  const at = bytes.indexOf(after) + after.length + 3
  bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at)
  return { ...frame, bytes }
}

function take(source: FrameSource, count: number): RelayFrame[] {
  return Array.from({ length: count }, () => source.next(100) as RelayFrame)
}

function commitIn({ bytes }: RelayFrame): CommitBody | null {
  const [header, body] = decodeFirst(bytes)
  return (header as { t: string }).t === '#commit' ? (cborToLexRecord(body) as unknown as CommitBody) : null
}

test('@atproto/sync accepts every signature, proof and block, and sees exactly the journaled events', async () => {
  await using folder = await temporaryFolder('oracle')
  const path = join(folder.path, 'journal.ndjson')
  const { network, people } = aNetwork(7)
  await using relay = await startRelay({ source: network, rate: 0, events: 2_500, journal: path })
  await using oracle = listen(relay.url, people)
  const { lastSeq } = await relay.waitUntilEmitted()
  await until(() => oracle.errors.length > 0 || (oracle.events.at(-1)?.seq ?? 0) >= lastSeq, {
    within: seconds(60),
    what: 'last event at the oracle',
  })

  const lines = readFileSync(path, 'utf8').trim().split('\n')
  const journaled = lines.slice(0, -1).map((line) => asSeen(JSON.parse(line) as JournalEvent))
  expect(oracle.errors).toEqual([])
  expect(
    oracle.events.map(asJournaled).filter((event) => !('action' in event && event.action === 'sync')),
  ).toEqual(journaled)
  expect(new Set(oracle.events.map(({ event }) => event))).toEqual(
    new Set(['create', 'update', 'delete', 'identity', 'account', 'sync']),
  )
})

test('one flipped byte of a record is an error for the oracle, and the events around it are not', async () => {
  const { network, people } = aNetwork(8)
  const [before, broken, after] = take(network, 400).filter(
    ({ events, bytes }) => events.length === 1 && Buffer.from(bytes).includes('createdAt'),
  ) as [RelayFrame, RelayFrame, RelayFrame]
  await using relay = await startRelay({ source: frameSource([before, flipped(broken, 'createdAt'), after]) })
  await using oracle = listen(relay.url, people)
  await until(() => oracle.events.at(-1)?.seq === after.seq, { within: seconds(10), what: 'event after it' })

  expect(oracle.events.map(({ seq }) => seq)).toEqual([before.seq, after.seq])
  expect(oracle.errors).toHaveLength(1)
})

test('a commit of someone else under this name is an error for the oracle', async () => {
  const { network, people } = aNetwork(9)
  const [first, second] = take(network, 200)
    .filter((frame) => commitIn(frame) !== null)
    .filter((frame, _, all) => frame === all[0] || frame.events[0]?.did !== all[0]?.events[0]?.did) as [
    RelayFrame,
    RelayFrame,
  ]
  const [victim, thief] = [people.get(first.events[0]?.did ?? ''), people.get(second.events[0]?.did ?? '')]
  const swapped = new Map([[victim?.did ?? '', { ...victim, key: thief?.key } as Account]])
  await using relay = await startRelay({ source: frameSource([first]) })
  await using oracle = listen(relay.url, swapped)
  await until(() => oracle.errors.length > 0, { within: seconds(10), what: 'error' })

  expect(oracle.events).toEqual([])
})

test('every op is proven by its commit, and undoing all of them gives the tree before', async () => {
  const { network, people } = aNetwork(10)
  const heads = new Map<string, { rev: string; data: string }>()
  let chained = 0
  const commits = take(network, 1_500).flatMap((frame) => commitIn(frame) ?? [])
  for (const [index, { repo, rev, since, prevData, blocks, ops }] of commits.entries()) {
    const car = await readCarWithRoot(blocks)
    const commit = cborToLexRecord(car.blocks.get(car.root) as Uint8Array) as unknown as { data: Cid }
    const before = heads.get(repo)
    if (before) {
      chained += 1
      expect({ since, prevData: String(prevData) }).toEqual({ since: before.rev, prevData: before.data })
    }
    heads.set(repo, { rev, data: String(commit.data) })
    expect(String(await undone(car.blocks, commit.data, ops))).toBe(String(prevData))
    expect(String(await undone(car.blocks, commit.data, ops.slice(1)))).not.toBe(String(prevData))
    if (index % 20 === 0) await expectProven(blocks, ops, repo, people)
  }
  expect(chained).toBeGreaterThan(1_000)
})

async function undone(blocks: BlockMap, data: Cid, ops: CommitBody['ops']): Promise<Cid> {
  let tree = MST.load(new MemoryBlockstore(blocks), data)
  for (const { action, path, prev } of ops.toReversed()) {
    if (action === 'create') tree = await tree.delete(path)
    else if (action === 'update') tree = await tree.update(path, prev as Cid)
    else tree = await tree.add(path, prev as Cid)
  }
  return tree.getPointer()
}

async function expectProven(
  blocks: Uint8Array,
  ops: CommitBody['ops'],
  did: string,
  people: ReadonlyMap<string, Account>,
): Promise<void> {
  const claims = ops.map(({ path, cid }) => {
    const [collection = '', rkey = ''] = path.split('/')
    return { collection, rkey, cid }
  })
  const { verified, unverified } = await verifyProofs(
    blocks,
    claims,
    did,
    didKeyOf(people.get(did) as Account),
  )
  expect(unverified).toEqual([])
  expect(verified).toHaveLength(ops.length)
}
