import { BytesWrapper, CidLinkWrapper, decode } from '@atcute/cbor'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { type CidKey, cidKeyOf } from './cid-key.ts'

/** One key of a node, and the subtree of what comes after it. */
export interface NodeEntry {
  /** `collection/rkey`, one character per byte. */
  readonly key: string
  readonly cid: CidLinkWrapper
  readonly right: CidKey | null
}

/** A node of the tree, https://atproto.com/specs/repository#mst-structure. */
export interface TreeNode {
  /** The subtree of what comes before the first key. */
  readonly left: CidKey | null
  readonly entries: readonly NodeEntry[]
}

/** Longest key that the protocol allows, with room to spare. */
const KEY_BYTES = 2_048

/** Reads the block of a node. Throws `RepoError` when it is none. */
export function readNode(block: Uint8Array): TreeNode {
  let value: unknown
  try {
    value = decode(block)
  } catch (error) {
    throw new RepoError('malformed-tree', 'a node is no DAG-CBOR', { cause: error })
  }
  const { l, e } = (value ?? {}) as { l?: unknown; e?: unknown }
  if (!Array.isArray(e)) throw new RepoError('malformed-tree', 'a node has no list of entries')
  let previous = ''
  const entries = (e as unknown[]).map((item) => {
    const entry = readEntry(item, previous)
    previous = entry.key
    return entry
  })
  return { left: linkOrNull(l), entries }
}

function readEntry(item: unknown, previous: string): NodeEntry {
  const { p, k, v, t } = (item ?? {}) as { p?: unknown; k?: unknown; v?: unknown; t?: unknown }
  if (!Number.isInteger(p) || !(k instanceof BytesWrapper) || !(v instanceof CidLinkWrapper)) {
    throw new RepoError('malformed-tree', 'a node has an entry without prefix, key or value')
  }
  const shared = p as number
  if (shared < 0 || shared > previous.length || shared + k.buf.length > KEY_BYTES) {
    throw new RepoError('malformed-tree', `a key shares ${shared} bytes with one of ${previous.length}`)
  }
  const { buffer, byteOffset, byteLength } = k.buf
  const key = previous.slice(0, shared) + Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
  return { key, cid: v, right: linkOrNull(t) }
}

function linkOrNull(value: unknown): CidKey | null {
  if (value === null || value === undefined) return null
  if (value instanceof CidLinkWrapper) return cidKeyOf(value)
  throw new RepoError('malformed-tree', 'a node links to something that is no CID')
}
