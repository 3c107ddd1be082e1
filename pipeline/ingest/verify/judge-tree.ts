import { type CidKey, cidKeyOf } from '#pipeline/backfill/car/cid-key.ts'
import type { Op } from '#pipeline/ingest/frames/read-op.ts'
import type { BlockSource } from './block-source.ts'
import type { CommitClaim } from './commit-claim.ts'
import { cidOfNode } from './tree/cid-of-node.ts'
import { newNode } from './tree/node.ts'
import { type PartialTree, partialTree } from './tree/partial-tree.ts'

/** Whether the tree says of every record what the ops say. Never throws. */
export function treeHolds(blocks: BlockSource, root: CidKey, { ops }: CommitClaim): boolean {
  try {
    const tree = partialTree(blocks, root)
    return ops.every((op) => holds(tree, op))
  } catch {
    return false
  }
}

/**
 * Whether undoing every op leads from the tree to the one before, which is nothing for a first commit. Then the
 * ops are all that changed. https://atproto.com/specs/sync#commit-validation-mst-operation-inversion
 */
export function treeInverts(blocks: BlockSource, root: CidKey, { ops, prevData }: CommitClaim): boolean {
  try {
    const tree = partialTree(blocks, root)
    if (!ops.every((op) => holds(tree, op))) return false
    for (const op of ops) undo(tree, op)
    return tree.root() === (prevData ? cidKeyOf(prevData) : EMPTY_TREE)
  } catch {
    return false
  }
}

function holds(tree: PartialTree, op: Op): boolean {
  return tree.get(keyOf(op)) === (op.cid && cidKeyOf(op.cid))
}

function undo(tree: PartialTree, op: Op): void {
  if (op.action === 'create') return tree.delete(keyOf(op))
  if (op.prev === null) throw new TypeError('an op does not say what it changed')
  tree.set(keyOf(op), cidKeyOf(op.prev))
}

function keyOf({ collection, rkey }: Op): string {
  return Buffer.from(`${collection}/${rkey}`).toString('latin1')
}

const EMPTY_TREE = cidOfNode(newNode(0, [], [], [null]))
