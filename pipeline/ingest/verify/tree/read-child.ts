import { type CidKey, cidKeyOf } from '#pipeline/backfill/car/cid-key.ts'
import { readNode } from '#pipeline/backfill/car/read-node.ts'
import type { BlockSource } from '#pipeline/ingest/verify/block-source.ts'
import { type Child, layerOf, type Node } from './node.ts'
import { TreeError } from './tree-error.ts'

/**
 * A node with this CID. Throws `TreeError` when it is not among the blocks, or is none. `layer` is `null` for a
 * root, which lives where its keys do.
 */
export function readChild(blocks: BlockSource, cid: CidKey, layer: number | null): Node {
  const block = blocks.get(cid)
  if (block === null) throw new TreeError('a node that is needed is not among the blocks')
  const { left, entries } = readNode(block)
  const keys = entries.map(({ key }) => key)
  const gaps: Child[] = [left, ...entries.map(({ right }) => right)]
  const values = entries.map(({ cid: value }) => cidKeyOf(value))
  if (keys.some((key, index) => index > 0 && key <= (keys[index - 1] ?? ''))) {
    throw new TreeError('the keys of a node are out of order')
  }
  const its = layer ?? layerOf(keys[0] ?? '')
  if (keys.some((key) => layerOf(key) !== its)) throw new TreeError('a key is on a layer that is not its own')
  return { layer: keys.length === 0 && layer === null ? 0 : its, keys, values, gaps, cid }
}
