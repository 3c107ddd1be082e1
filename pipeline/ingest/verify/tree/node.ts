import { hash } from 'node:crypto'
import type { CidKey } from '#pipeline/backfill/car/cid-key.ts'

/** A subtree: read already, known by its CID alone, or none. */
export type Child = Node | CidKey | null

/** A node of a tree of which only a part is here, https://atproto.com/specs/repository#mst-structure. */
export interface Node {
  readonly layer: number
  /** `collection/rkey`, one character per byte. */
  readonly keys: string[]
  readonly values: CidKey[]
  /** Before, between and behind the keys. */
  readonly gaps: Child[]
  /** `null` once it was changed. */
  cid: CidKey | null
}

export function newNode(layer: number, keys: string[], values: CidKey[], gaps: Child[]): Node {
  return { layer, keys, values, gaps, cid: null }
}

/** `null` for a node with neither key nor subtree: such a node does not exist in a tree. */
export function nodeOrNothing(layer: number, keys: string[], values: CidKey[], gaps: Child[]): Node | null {
  return keys.length === 0 && gaps[0] === null ? null : newNode(layer, keys, values, gaps)
}

/** Index of the first key that is not before `key`; the gap of the same index is where `key` belongs. */
export function positionOf(keys: readonly string[], key: string): number {
  const at = keys.findIndex((one) => one >= key)
  return at < 0 ? keys.length : at
}

/** How many pairs of zero bits the SHA-256 of a key begins with: the layer that it lives on. */
export function layerOf(key: string): number {
  const digest = hash('sha256', Buffer.from(key, 'latin1'), 'buffer')
  let zeros = 0
  for (const byte of digest) {
    zeros += Math.clz32(byte) - 24
    if (byte !== 0) break
  }
  return zeros >> 1
}
