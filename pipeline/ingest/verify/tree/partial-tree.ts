import type { CidKey } from '#pipeline/backfill/car/cid-key.ts'
import type { BlockSource } from '#pipeline/ingest/verify/block-source.ts'
import { cidOfNode } from './cid-of-node.ts'
import { type Child, layerOf, type Node, newNode, nodeOrNothing, positionOf } from './node.ts'
import { readChild } from './read-child.ts'
import { TreeError } from './tree-error.ts'

/** A tree whose nodes are read as they are needed. Everything may throw `TreeError`. */
export interface PartialTree {
  /** `null` when the tree has no such key. */
  get(key: string): CidKey | null
  set(key: string, value: CidKey): void
  delete(key: string): void
  root(): CidKey
}

export function partialTree(blocks: BlockSource, rootCid: CidKey): PartialTree {
  let root = readChild(blocks, rootCid, null)

  /** The node in a gap, read if it is not yet; it stays in its place. */
  const childAt = (node: Node, index: number): Node | null => {
    const child = node.gaps[index] ?? null
    if (typeof child !== 'string') return child
    const read = readChild(blocks, child, node.layer - 1)
    node.gaps[index] = read
    return read
  }

  const find = (node: Node, key: string): CidKey | null => {
    const index = positionOf(node.keys, key)
    if (node.keys[index] === key) return node.values[index] ?? null
    const child = childAt(node, index)
    return child && find(child, key)
  }

  const put = (node: Node, key: string, value: CidKey, layer: number): void => {
    const index = positionOf(node.keys, key)
    const child = childAt(node, index)
    node.cid = null
    if (node.keys[index] === key) {
      node.values[index] = value
    } else if (node.layer === layer) {
      const [left, right] = split(child, key)
      node.keys.splice(index, 0, key)
      node.values.splice(index, 0, value)
      node.gaps.splice(index, 1, left, right)
    } else {
      const below = child ?? newNode(node.layer - 1, [], [], [null])
      node.gaps[index] = below
      put(below, key, value, layer)
    }
  }

  const split = (node: Node | null, key: string): [Child, Child] => {
    if (node === null) return [null, null]
    const { layer, keys, values, gaps } = node
    const at = positionOf(keys, key)
    const [left, right] = split(childAt(node, at), key)
    return [
      nodeOrNothing(layer, keys.slice(0, at), values.slice(0, at), [...gaps.slice(0, at), left]),
      nodeOrNothing(layer, keys.slice(at), values.slice(at), [right, ...gaps.slice(at + 1)]),
    ]
  }

  const remove = (node: Node, key: string): void => {
    const index = positionOf(node.keys, key)
    const child = childAt(node, index)
    node.cid = null
    if (node.keys[index] === key) {
      const merged = merge(child, childAt(node, index + 1))
      node.keys.splice(index, 1)
      node.values.splice(index, 1)
      node.gaps.splice(index, 2, merged)
    } else if (child === null) {
      throw new TreeError(`the tree has no "${key}"`)
    } else {
      remove(child, key)
      if (child.keys.length === 0 && child.gaps[0] === null) node.gaps[index] = null
    }
  }

  const merge = (left: Node | null, right: Node | null): Node | null => {
    if (left === null || right === null) return left ?? right
    const seam = merge(childAt(left, left.gaps.length - 1), childAt(right, 0))
    return newNode(
      left.layer,
      [...left.keys, ...right.keys],
      [...left.values, ...right.values],
      [...left.gaps.slice(0, -1), seam, ...right.gaps.slice(1)],
    )
  }

  return {
    get: (key) => find(root, key),
    set(key, value) {
      const layer = layerOf(key)
      if (root.keys.length === 0 && root.gaps[0] === null) root = newNode(layer, [], [], [null])
      while (root.layer < layer) root = newNode(root.layer + 1, [], [], [root])
      put(root, key, value, layer)
    },
    delete(key) {
      remove(root, key)
      while (root.keys.length === 0 && root.gaps[0] !== null) root = childAt(root, 0) ?? root
      if (root.keys.length === 0) root = newNode(0, [], [], [null])
    },
    root: () => cidOfNode(root),
  }
}
