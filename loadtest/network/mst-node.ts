import { hash } from 'node:crypto'
import type { Binary } from './binary.ts'
import type { Cid } from './cid.ts'

/**
 * A node of a Merkle search tree, https://atproto.com/specs/repository. Between, before and after its keys lie the
 * gaps, each with the subtree of the layer below or `null`. `block` is `null` while its encoding is out of date.
 */
export interface MstNode {
  readonly layer: number
  readonly keys: string[]
  readonly values: Cid[]
  readonly gaps: (MstNode | null)[]
  block: Block | null
}

export interface Block {
  readonly cid: Cid
  readonly bytes: Binary
}

export function emptyNode(layer: number): MstNode {
  return { layer, keys: [], values: [], gaps: [null], block: null }
}

/** `null` for a node with neither key nor subtree: such a node does not exist in a tree. */
export function nodeOf(
  layer: number,
  keys: string[],
  values: Cid[],
  gaps: (MstNode | null)[],
): MstNode | null {
  return keys.length === 0 && !gaps[0] ? null : { layer, keys, values, gaps, block: null }
}

/** Index of the first key that is not before `key`; the gap of the same index is where `key` belongs. */
export function positionOf(keys: readonly string[], key: string): number {
  let low = 0
  let high = keys.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((keys[middle] ?? '') < key) low = middle + 1
    else high = middle
  }
  return low
}

/** How many pairs of zero bits the SHA-256 of a key begins with: the layer it lives on. */
export function layerOf(key: string): number {
  const digest = hash('sha256', key, 'buffer')
  let zeros = 0
  for (const byte of digest) {
    zeros += byte === 0 ? 8 : Math.clz32(byte) - 24
    if (byte !== 0) break
  }
  return zeros >> 1
}
