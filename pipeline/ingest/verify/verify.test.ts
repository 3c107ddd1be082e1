import { type BytesWrapper, decode, decodeFirst, encode, toBytes } from '@atcute/cbor'
import { formatDidKey } from '@atproto/crypto'
import { describe, expect, test } from 'vitest'
import type { Account } from '#loadtest/network/account.ts'
import { ORDERS } from '#loadtest/network/curves.ts'
import { syntheticNetwork } from '#loadtest/network/synthetic-network.ts'
import { collectionFilter } from '#pipeline/ingest/frames/collection-filter.ts'
import { findBlocks } from '#pipeline/ingest/frames/find-blocks.ts'
import type { Frame, SequencedFrame } from '#pipeline/ingest/frames/frame.ts'
import { readFrame } from '#pipeline/ingest/frames/read-frame.ts'
import { cidOf } from '#test/support/firehose-frames.ts'
import type { CommitClaim } from './commit-claim.ts'
import { createJudgeCommit } from './judge-commit.ts'
import { createKeyRing } from './key-ring.ts'
import { createVetting, type VettingOptions } from './vetting.ts'

const FRAMES = 600

function aNetwork() {
  const accounts = new Map<string, Account>()
  const network = syntheticNetwork({
    seed: 3,
    accounts: 30,
    onBorn: (account) => accounts.set(account.did, account),
  })
  const messages: Buffer[] = []
  while (messages.length < FRAMES) messages.push(Buffer.from(network.next(Infinity)?.bytes ?? []))
  const didKeyOf = (did: string) => {
    const key = accounts.get(did)?.key
    return key ? formatDidKey(key.curve === 'p256' ? 'ES256' : 'ES256K', key.publicKey()) : null
  }
  return { messages, didKeyOf }
}

const { messages, didKeyOf } = aNetwork()

const read = (message: Uint8Array) => readFrame(message, collectionFilter(['*']))

const frames = messages.map(read)
const claims = frames.flatMap((frame) => ('claim' in frame && frame.claim ? [frame.claim] : []))
const commits = frames.filter((frame): frame is SequencedFrame => 'claim' in frame && frame.claim !== null)

const aRing = (findKey = (did: string) => Promise.resolve(didKeyOf(did))) =>
  createKeyRing({ findKey, room: 1_000, renewAfter: 0, now: () => 0 })

const judge = (level: 'signature' | 'full', claim: CommitClaim) => createJudgeCommit(level, aRing())(claim)

const claimWith = (holds: (claim: CommitClaim) => boolean): CommitClaim => {
  const found = claims.find(holds)
  if (!found) throw new Error('the network made no such commit')
  return found
}

const hasAction = (action: string) => claimWith(({ ops }) => ops.some((op) => op.action === action))

/** The body of the message that a claim came with, changed and read again. */
function altered(claim: CommitClaim, change: (body: Record<string, unknown>) => object): CommitClaim {
  const at = frames.findIndex((frame) => 'claim' in frame && frame.claim === claim)
  const message = messages[at] ?? Buffer.alloc(0)
  const [header, rest] = decodeFirst(message) as [unknown, Uint8Array]
  const [body] = decodeFirst(rest) as [Record<string, unknown>, Uint8Array]
  const again = read(Buffer.concat([encode(header), encode({ ...body, ...change(body) })])) as SequencedFrame
  if (again.claim === null) throw new Error('nothing is left to be judged')
  return again.claim
}

describe(createJudgeCommit, () => {
  test.each(['signature', 'full'] as const)(
    'finds every commit of a true network true: %s',
    async (level) => {
      expect(claims.length).toBeGreaterThan(FRAMES / 2)
      for (const action of ['create', 'update', 'delete']) expect(hasAction(action)).toBeDefined()
      expect(new Set(await Promise.all(claims.map((claim) => judge(level, claim))))).toEqual(new Set([null]))
    },
  )

  test('knows the key of another account from the right one', async () => {
    const [claim] = claims
    const other = claims.find(({ did }) => did !== claim?.did)
    const ring = aRing(() => Promise.resolve(didKeyOf(other?.did ?? '')))
    expect(await createJudgeCommit('signature', ring)(claim as CommitClaim)).toBe('invalid-signature')
  })

  test('asks again for the key once when a signature is wrong, and believes the new one', async () => {
    const [claim] = claims as [CommitClaim]
    const stranger = claims.find(({ did }) => did !== claim.did)?.did ?? ''
    const asked: boolean[] = []
    const ring = createKeyRing({
      findKey(did, fresh) {
        asked.push(fresh)
        return Promise.resolve(didKeyOf(fresh ? did : stranger))
      },
      room: 10,
      renewAfter: 60_000,
      now: () => 0,
    })
    expect(await createJudgeCommit('signature', ring)(claim)).toBeNull()
    expect(await createJudgeCommit('signature', ring)(claim)).toBeNull()
    expect(asked).toEqual([false, true])
  })

  test('does not know what nobody signed', async () => {
    const ring = aRing(() => Promise.resolve(null))
    expect(await createJudgeCommit('signature', ring)(claims[0] as CommitClaim)).toBe('unknown-key')
  })

  test.each(['signature', 'full'] as const)('%s finds a revision that was not signed', async (level) => {
    const [claim] = claims as [CommitClaim]
    expect(await judge(level, { ...claim, rev: '3zzzzzzzzzzzz' })).toBe('wrong-commit')
    expect(await judge(level, { ...claim, did: 'did:plc:other' })).toBe('wrong-commit')
  })

  test.each(['signature', 'full'] as const)('%s finds an op that the tree does not hold', async (level) => {
    const claim = hasAction('create')
    const forged = altered(claim, (body) => ({
      ops: (body['ops'] as { path: string }[]).map((op) => ({ ...op, path: `${op.path}x` })),
    }))
    expect(await judge(level, forged)).toBe('broken-tree')
  })

  test('only full finds an op that was left out, and another tree before', async () => {
    const claim = claimWith(({ ops }) => ops.length > 1)
    const short = altered(claim, (body) => ({ ops: (body['ops'] as unknown[]).slice(1) }))
    expect(await judge('signature', short)).toBeNull()
    expect(await judge('full', short)).toBe('broken-tree')
    const other = claims.find(({ prevData }) => prevData && prevData.$link !== claim.prevData?.$link)
    expect(await judge('full', { ...claim, prevData: other?.prevData ?? null })).toBe('broken-tree')
  })

  test('a signature whose second number is the higher one is refused, though OpenSSL takes it', async () => {
    const claim = claimWith(({ did }) => didKeyOf(did)?.startsWith('did:key:zDn') ?? false)
    const slice = Buffer.from(claim.slice)
    const found = findBlocks(slice, [claim.commit.bytes]).blocks[0] ?? new Uint8Array()
    const body = decode(found) as { sig: BytesWrapper }
    const signature = Buffer.from(body.sig.buf)
    const low = BigInt(`0x${signature.subarray(32).toString('hex')}`)
    signature.write((ORDERS.p256 - low).toString(16).padStart(64, '0'), 32, 'hex')
    const again = (sig: Uint8Array): CommitClaim => {
      const block = encode({ ...body, sig: toBytes(sig) })
      const commit = cidOf(block)
      return { ...claim, commit, slice: Buffer.concat([slice, section(commit.bytes, block)]) }
    }
    expect(await judge('signature', again(body.sig.buf))).toBeNull()
    expect(await judge('signature', again(signature))).toBe('invalid-signature')
  })

  test.each(['signature', 'full'] as const)('%s survives a slice that breaks off anywhere', async (level) => {
    const [claim] = claims as [CommitClaim]
    for (let length = 0; length < claim.slice.length; length += 37) {
      const reason = await judge(level, { ...claim, slice: claim.slice.subarray(0, length) })
      expect(['missing-block', 'broken-tree', null]).toContain(reason)
    }
  })
})

describe(createVetting, () => {
  const vet = (options: Partial<VettingOptions>) => {
    const out: Frame[] = []
    const held: number[] = []
    const vetting = createVetting({
      judge: () => Promise.resolve(null),
      ordersRevisions: false,
      onIdentity() {},
      onVetted: (frame) => out.push(frame),
      onHeld: (bytes) => held.push(bytes),
      ...options,
    })
    return { vetting, out, held }
  }
  const settled = () => new Promise((resolve) => setImmediate(resolve))

  test('lets frames go in their order, whichever is judged first', async () => {
    const waiting: ((reason: null) => void)[] = []
    const { vetting, out, held } = vet({ judge: () => new Promise((resolve) => waiting.push(resolve)) })
    const [first, second] = commits as [SequencedFrame, SequencedFrame]
    const notice: Frame = { kind: 'info', name: 'OutdatedCursor', message: '' }
    vetting.take(first, Buffer.alloc(10))
    vetting.take(second, Buffer.alloc(5))
    vetting.take(notice, Buffer.alloc(1))
    waiting[1]?.(null)
    await settled()
    expect(out).toEqual([])
    expect(held.at(-1)).toBe(16)
    waiting[0]?.(null)
    await settled()
    expect(out).toEqual([first, second, notice])
    expect(held.at(-1)).toBe(0)
  })

  test('keeps the place of a frame that is refused, without its events', async () => {
    const { vetting, out } = vet({ judge: () => Promise.resolve('invalid-signature') })
    const [frame] = commits as [SequencedFrame]
    vetting.take(frame, Buffer.alloc(1))
    await settled()
    expect(out).toMatchObject([{ seq: frame.seq, events: [], rejected: 'invalid-signature' }])
  })

  test('refuses a revision that is not beyond the last one, but not a frame that the relay repeats', async () => {
    const { vetting, out } = vet({ ordersRevisions: true })
    const [frame] = commits as [SequencedFrame]
    vetting.take(frame, Buffer.alloc(1))
    vetting.take(frame, Buffer.alloc(1))
    vetting.take({ ...frame, seq: frame.seq + 1 }, Buffer.alloc(1))
    await settled()
    expect(out.map((one) => 'rejected' in one && one.rejected)).toEqual([null, null, 'old-revision'])
  })

  test('takes everything again once it was cleared', async () => {
    const { vetting, out } = vet({ ordersRevisions: true })
    const [frame] = commits as [SequencedFrame]
    vetting.take(frame, Buffer.alloc(1))
    vetting.clear()
    await settled()
    expect(out).toEqual([])
    vetting.take(frame, Buffer.alloc(1))
    await settled()
    expect(out).toEqual([frame])
  })

  test('refuses a commit that comes with nothing to look at', () => {
    const { vetting, out } = vet({})
    const [frame] = commits as [SequencedFrame]
    vetting.take({ ...frame, claim: null }, Buffer.alloc(1))
    expect(out).toMatchObject([{ rejected: 'missing-block', events: [] }])
  })
})

/** A block of a CAR of between 128 and 16383 bytes, its length before it. */
function section(cid: Uint8Array, block: Uint8Array): Uint8Array {
  const length = cid.length + block.length
  return Buffer.concat([Buffer.from([(length & 0x7f) | 0x80, length >> 7]), cid, block])
}
