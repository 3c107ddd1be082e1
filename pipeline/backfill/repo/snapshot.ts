import { decode } from '@atcute/cbor'
import type { BlockStore } from '#pipeline/backfill/car/block-store.ts'
import { type CidKey, cidKeyOf, cidText } from '#pipeline/backfill/car/cid-key.ts'
import { readCommit } from '#pipeline/backfill/car/read-commit.ts'
import type { NodeEntry } from '#pipeline/backfill/car/read-node.ts'
import { walkTree } from '#pipeline/backfill/car/walk-tree.ts'
import { publicKeyOf } from '#pipeline/backfill/identity/public-key.ts'
import { isSignedBy } from '#pipeline/backfill/identity/verify-signature.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import type { CollectionFilter } from '#pipeline/ingest/frames/collection-filter.ts'
import type { Verification } from './verification.ts'

/** Why a record of a repo that is sound otherwise could not become an event. */
export type RecordRejection = 'malformed-key' | 'record-too-big' | 'undecodable-record'

/** All records of a repo at one revision, as events. */
export interface Snapshot {
  readonly rev: string
  /** CID of the commit, as text. */
  readonly commit: string
  /**
   * The `create` event of each wanted record as JSON text, in the order of their keys. Throws `RepoError` in the
   * middle when the tree turns out to be broken: what came before it is true all the same.
   */
  readonly events: Generator<string>
  /** Grows while the events are taken. */
  readonly counts: SnapshotCounts
}

export interface SnapshotCounts {
  records: number
  filtered: number
  readonly rejected: Record<RecordRejection, number>
}

export interface SnapshotOptions {
  readonly did: string
  /** `null` when the document names none: then no signature holds. */
  readonly didKey: string | null
  readonly verification: Verification
  readonly isWanted: CollectionFilter
  /** Bytes above which a record is left out. */
  readonly recordBytes: number
  /** ISO 8601: when the snapshot was taken. */
  readonly time: string
}

/** The alphabets of NSIDs and record keys need no escape in JSON. */
const KEY = /^([a-zA-Z0-9.-]{1,317})\/([a-zA-Z0-9._:~-]{1,512})$/

/** Opens a repo whose blocks are all there. Throws `RepoError` unless its head is what it must be. */
export function openSnapshot(store: BlockStore, root: CidKey, options: SnapshotOptions): Snapshot {
  const { did, didKey, verification, time } = options
  const commit = readCommit(store.load(root))
  if (commit.did !== did) {
    throw new RepoError('wrong-repo', `asked for ${did}, got the repo of ${commit.did.slice(0, 80)}`)
  }
  if (verification === 'signature') requireSignature(did, didKey, commit)
  const cid = cidText(root)
  const counts: SnapshotCounts = {
    records: 0,
    filtered: 0,
    rejected: { 'malformed-key': 0, 'record-too-big': 0, 'undecodable-record': 0 },
  }
  const head = JSON.stringify({ type: 'create', seq: -1, time, did, commit: cid, rev: commit.rev })
  const entries = walkTree(commit.data, (block) => store.load(block))
  return { rev: commit.rev, commit: cid, counts, events: eventsOf(entries, head, store, options, counts) }
}

function requireSignature(
  did: string,
  didKey: string | null,
  { unsigned, signature }: { readonly unsigned: Uint8Array; readonly signature: Uint8Array },
): void {
  if (didKey === null)
    throw new RepoError('malformed-did-document', `the document of ${did} names no signing key`)
  if (!isSignedBy(publicKeyOf(didKey), unsigned, signature)) {
    throw new RepoError('invalid-signature', `the commit is not signed by ${didKey}`)
  }
}

function* eventsOf(
  entries: Iterable<NodeEntry>,
  head: string,
  store: BlockStore,
  { isWanted, recordBytes }: SnapshotOptions,
  counts: SnapshotCounts,
): Generator<string> {
  const opening = head.slice(0, -1)
  const reject = (reason: RecordRejection) => {
    counts.rejected[reason] += 1
  }
  for (const { key, cid } of entries) {
    const [, collection, rkey] = KEY.exec(key) ?? []
    if (collection === undefined) {
      reject('malformed-key')
    } else if (!isWanted(collection)) {
      counts.filtered += 1
    } else {
      const block = store.load(cidKeyOf(cid))
      const json = block.length <= recordBytes ? recordJson(block) : null
      if (json === null) {
        reject(block.length <= recordBytes ? 'undecodable-record' : 'record-too-big')
      } else {
        counts.records += 1
        yield `${opening},"collection":"${collection}","rkey":"${rkey}","cid":"${cid.$link}","record":${json}}`
      }
    }
  }
}

/** The record as lexicon JSON; `null` when the block holds none, or one that no parser would take. */
function recordJson(block: Uint8Array): string | null {
  try {
    const record: unknown = decode(block)
    const isMap = typeof record === 'object' && record !== null && !Array.isArray(record)
    return isMap ? JSON.stringify(record) : null
  } catch {
    return null
  }
}
