import { encode, toBytes } from '@atcute/cbor'
import { binary } from './binary.ts'
import { type Cid, cidOf, linkTo } from './cid.ts'
import { type Mst, mst } from './mst.ts'
import type { Block } from './mst-node.ts'
import type { SigningKey } from './signing-key.ts'

/** What an author wants to change; `path` is `collection/rkey`. */
export type Write =
  | { readonly action: 'create' | 'update'; readonly path: string; readonly record: object }
  | { readonly action: 'delete'; readonly path: string }

/** One change of a commit, as the stream describes it. */
export interface CommitOp {
  readonly action: Write['action']
  readonly path: string
  /** `null` for a delete. */
  readonly cid: Cid | null
  /** The record that was there before; `null` for a create. */
  readonly prev: Cid | null
}

/** A signed commit with all that a reader needs to check it without having the repo. */
export interface Commit {
  readonly cid: Cid
  readonly rev: string
  /** Revision before; `null` for the first commit. */
  readonly since: string | null
  /** Root of the tree before; `null` for the first commit. */
  readonly prevData: Cid | null
  readonly ops: readonly CommitOp[]
  /** Commit first, then covering tree nodes, then new records. */
  readonly blocks: readonly Block[]
}

/** A signed repository of one account. */
export interface Repo {
  readonly did: string
  readonly records: Mst
  /** The newest commit's block; `null` before the first. */
  readonly head: { readonly block: Block; readonly rev: string; readonly data: Cid } | null
  /** Applies the writes as one commit with this revision, which must be beyond all before. */
  commit(writes: readonly Write[], rev: string): Commit
}

export function repoOf(did: string, key: SigningKey): Repo {
  const records = mst()
  let head: Repo['head'] = null
  return {
    did,
    records,
    get head() {
      return head
    },
    commit(writes, rev) {
      const before = head
      const changes = writes.map((write) => apply(records, write))
      const data = records.root()
      const block = signed({ did, rev, data: linkTo(data), prev: null, version: 3 }, key)
      head = { block, rev, data }
      return {
        cid: block.cid,
        rev,
        since: before?.rev ?? null,
        prevData: before?.data ?? null,
        ops: changes.map(({ op }) => op),
        blocks: [
          block,
          ...records.covering(writes.map(({ path }) => path)),
          ...changes.flatMap(({ record }) => (record ? [record] : [])),
        ],
      }
    },
  }
}

function apply(records: Mst, write: Write): { op: CommitOp; record: Block | null } {
  const { action, path } = write
  const prev = records.get(path) ?? null
  if (action === 'delete') {
    records.delete(path)
    return { op: { action, path, cid: null, prev }, record: null }
  }
  const record = blockFor(write.record)
  records.set(path, record.cid)
  return { op: { action, path, cid: record.cid, prev }, record }
}

function signed(commit: object, key: SigningKey): Block {
  return blockFor({ ...commit, sig: toBytes(key.sign(encode(commit))) })
}

function blockFor(value: object): Block {
  const bytes = encode(value)
  return { cid: cidOf(bytes), bytes: binary(bytes) }
}
