import type { Cid } from './cid.ts'
import { blockOf } from './encode-mst-node.ts'
import { type Block, emptyNode, layerOf, type MstNode, nodeOf, positionOf } from './mst-node.ts'

/**
 * A Merkle search tree of record paths: its shape, and so its root, depends on its content alone. Changes are made
 * in place; only nodes on the path of a change are encoded and hashed again.
 */
export interface Mst {
  readonly size: number
  /** The root's CID; encodes whatever has changed. */
  root(): Cid
  get(path: string): Cid | undefined
  set(path: string, cid: Cid): void
  delete(path: string): void
  /**
   * The nodes that prove what the tree says of these paths, and that suffice to undo a change at them: the way to
   * each path and to its neighbours on both sides.
   */
  covering(paths: Iterable<string>): Block[]
}

export function mst(): Mst {
  let root = emptyNode(0)
  let size = 0
  return {
    get size() {
      return size
    },
    root: () => blockOf(root).cid,
    get: (path) => find(root, path),
    set(path, cid) {
      if (find(root, path) === undefined) size += 1
      const layer = layerOf(path)
      root = raised(root, layer)
      put(root, path, cid, layer)
    },
    delete(path) {
      if (find(root, path) === undefined) return
      size -= 1
      remove(root, path)
      root = trimmed(root)
    },
    covering(paths) {
      const nodes = new Set<MstNode>()
      for (const path of paths) cover(root, path, nodes)
      return [...nodes].map(blockOf)
    },
  }
}

function find(node: MstNode, key: string): Cid | undefined {
  const index = positionOf(node.keys, key)
  if (node.keys[index] === key) return node.values[index]
  const gap = node.gaps[index]
  return gap ? find(gap, key) : undefined
}

function raised(root: MstNode, layer: number): MstNode {
  if (root.keys.length === 0 && !root.gaps[0]) return emptyNode(layer)
  let top = root
  while (top.layer < layer) top = { ...emptyNode(top.layer + 1), gaps: [top] }
  return top
}

function put(node: MstNode, key: string, cid: Cid, layer: number): void {
  node.block = null
  const index = positionOf(node.keys, key)
  if (node.keys[index] === key) {
    node.values[index] = cid
  } else if (node.layer === layer) {
    const [left, right] = split(node.gaps[index] ?? null, key)
    node.keys.splice(index, 0, key)
    node.values.splice(index, 0, cid)
    node.gaps.splice(index, 1, left, right)
  } else {
    const gap = node.gaps[index] ?? emptyNode(node.layer - 1)
    node.gaps[index] = gap
    put(gap, key, cid, layer)
  }
}

function split(node: MstNode | null, key: string): [MstNode | null, MstNode | null] {
  if (!node) return [null, null]
  const { layer, keys, values, gaps } = node
  const at = positionOf(keys, key)
  const [left, right] = split(gaps[at] ?? null, key)
  return [
    nodeOf(layer, keys.slice(0, at), values.slice(0, at), [...gaps.slice(0, at), left]),
    nodeOf(layer, keys.slice(at), values.slice(at), [right, ...gaps.slice(at + 1)]),
  ]
}

function remove(node: MstNode, key: string): void {
  node.block = null
  const index = positionOf(node.keys, key)
  const gap = node.gaps[index] ?? null
  if (node.keys[index] === key) {
    node.keys.splice(index, 1)
    node.values.splice(index, 1)
    node.gaps.splice(index, 2, merge(gap, node.gaps[index + 1] ?? null))
  } else if (gap) {
    remove(gap, key)
    if (gap.keys.length === 0 && !gap.gaps[0]) node.gaps[index] = null
  }
}

function merge(left: MstNode | null, right: MstNode | null): MstNode | null {
  if (!left || !right) return left ?? right
  const seam = merge(left.gaps.at(-1) ?? null, right.gaps[0] ?? null)
  return nodeOf(
    left.layer,
    [...left.keys, ...right.keys],
    [...left.values, ...right.values],
    [...left.gaps.slice(0, -1), seam, ...right.gaps.slice(1)],
  )
}

function trimmed(root: MstNode): MstNode {
  let top = root
  while (top.keys.length === 0) {
    const only = top.gaps[0]
    if (!only) return emptyNode(0)
    top = only
  }
  return top
}

function cover(node: MstNode, key: string, nodes: Set<MstNode>): void {
  nodes.add(node)
  const index = positionOf(node.keys, key)
  if (node.keys[index] === key) {
    for (let gap = node.gaps[index]; gap; gap = gap.gaps.at(-1)) nodes.add(gap)
    for (let gap = node.gaps[index + 1]; gap; gap = gap.gaps[0]) nodes.add(gap)
    return
  }
  const gap = node.gaps[index]
  if (gap) cover(gap, key, nodes)
}
