import { BytesWrapper, CidLinkWrapper, decode } from '@atcute/cbor'
import type { CommitClaim } from '#pipeline/ingest/verify/commit-claim.ts'
import { blockMatches } from './block-matches.ts'
import type { CollectionFilter } from './collection-filter.ts'
import { type FoundBlocks, findBlocks } from './find-blocks.ts'
import type { EventText, SequencedFrame } from './frame.ts'
import { isMap } from './is-map.ts'
import { type Op, readOp } from './read-op.ts'
import type { RejectReason } from './reject-reason.ts'

type Fields = Readonly<Record<string, unknown>>

interface CommitHead {
  readonly seq: number
  readonly time: string
  readonly did: string
  /** CID of the commit. */
  readonly commit: string
  readonly rev: string
}

/** What is asked of the ops of a commit. */
export interface CommitDemands {
  readonly isWanted: CollectionFilter
  /** Whether to hold each record against its CID. */
  readonly checksCids: boolean
  /** A longer record is not read. */
  readonly mostRecordBytes: number
}

/** Reads a commit. An op that cannot be read rejects itself, not its neighbours. */
export function readCommit(body: Fields, seq: number, time: string, demands: CommitDemands): SequencedFrame {
  const tooBig = body['tooBig'] === true
  const ops = body['ops']
  const head = readHead(body, seq, time)
  if (head === null || !Array.isArray(ops)) {
    const nothing = { events: [], filteredOps: 0, did: '', claim: null }
    return { kind: 'commit', seq, time, tooBig, rejected: 'malformed-body', ...nothing }
  }
  let rejected: RejectReason | null = null
  let filteredOps = 0
  const all: Op[] = []
  const wanted: Op[] = []
  for (const one of ops as unknown[]) {
    const op = readOp(one)
    if (op === null) {
      rejected ??= 'malformed-op'
      continue
    }
    all.push(op)
    if (demands.isWanted(op.collection)) wanted.push(op)
    else filteredOps++
  }
  const read = toEvents(head, wanted, body['blocks'], demands)
  return {
    kind: 'commit',
    seq,
    time,
    events: read.events,
    filteredOps,
    tooBig,
    rejected: rejected ?? read.rejected,
    did: head.did,
    claim: claimOf(head, body, all),
  }
}

function claimOf(
  { did, rev }: CommitHead,
  { commit, prevData, blocks }: Fields,
  ops: Op[],
): CommitClaim | null {
  if (!(commit instanceof CidLinkWrapper) || !(blocks instanceof BytesWrapper)) return null
  const before = prevData instanceof CidLinkWrapper ? prevData : null
  return { did, rev, commit, prevData: before, ops, slice: blocks.buf }
}

function readHead(body: Fields, seq: number, time: string): CommitHead | null {
  const { repo, commit, rev } = body
  if (typeof repo !== 'string' || typeof rev !== 'string' || !(commit instanceof CidLinkWrapper)) return null
  return { seq, time, did: repo, commit: commit.$link, rev }
}

function toEvents(
  head: CommitHead,
  ops: readonly Op[],
  slice: unknown,
  demands: CommitDemands,
): { events: EventText[]; rejected: RejectReason | null } {
  const events: EventText[] = []
  let rejected: RejectReason | null = null
  const { blocks, intact } = blocksOf(ops, slice)
  for (const [index, op] of ops.entries()) {
    const event =
      op.cid === null ? deleteEvent(head, op) : recordEvent(head, op, op.cid, blocks[index], demands)
    if (typeof event !== 'string') events.push(event)
    else rejected ??= event === 'missing-block' && !intact ? 'undecodable-blocks' : event
  }
  return { events, rejected }
}

function blocksOf(ops: readonly Op[], slice: unknown): FoundBlocks {
  if (ops.every((op) => op.cid === null)) return { blocks: [], intact: true }
  if (!(slice instanceof BytesWrapper)) return { blocks: [], intact: false }
  return findBlocks(
    slice.buf,
    ops.map((op) => op.cid?.bytes),
  )
}

function deleteEvent({ seq, time, did, commit, rev }: CommitHead, { collection, rkey }: Op): EventText {
  return {
    action: 'delete',
    collection,
    text: JSON.stringify({ type: 'delete', seq, time, did, commit, rev, collection, rkey }),
  }
}

function recordEvent(
  { seq, time, did, commit, rev }: CommitHead,
  { action, collection, rkey }: Op,
  cid: CidLinkWrapper,
  block: Uint8Array | undefined,
  { checksCids, mostRecordBytes }: CommitDemands,
): EventText | RejectReason {
  if (block === undefined) return 'missing-block'
  if (block.length > mostRecordBytes) return 'record-too-big'
  if (checksCids && !blockMatches(cid.bytes, block)) return 'cid-mismatch'
  const record = readRecord(block)
  if (record === null) return 'undecodable-record'
  return {
    action,
    collection,
    text: JSON.stringify({
      type: action,
      seq,
      time,
      did,
      commit,
      rev,
      collection,
      rkey,
      cid: cid.$link,
      record,
    }),
  }
}

function readRecord(block: Uint8Array): Fields | null {
  try {
    const record: unknown = decode(block)
    return isMap(record) ? record : null
  } catch {
    return null
  }
}
