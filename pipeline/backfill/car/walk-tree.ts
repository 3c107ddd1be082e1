import { RepoError } from '#pipeline/backfill/repo-error.ts'
import type { CidKey } from './cid-key.ts'
import { type NodeEntry, readNode, type TreeNode } from './read-node.ts'

/** Layers of a tree: a key on layer n has 2n leading zero bits in its hash, so real trees have a dozen. */
const DEEPEST = 128

interface Place {
  readonly node: TreeNode
  /** Index of the entry that comes next; -1 before the left subtree. */
  next: number
}

/**
 * Every key of the tree with the CID of its record, in ascending order. Throws `RepoError` when the order is
 * broken, which also ends a walk that would go round in circles: a subtree met twice repeats its keys.
 */
export function* walkTree(root: CidKey, load: (cid: CidKey) => Uint8Array): Generator<NodeEntry> {
  const open = (cid: CidKey): Place => ({ node: readNode(load(cid)), next: -1 })
  const places: Place[] = [open(root)]
  let last = ''
  for (let place = places.at(-1); place; place = places.at(-1)) {
    if (places.length > DEEPEST) throw new RepoError('malformed-tree', `the tree is deeper than ${DEEPEST}`)
    const { node } = place
    const entry = node.entries[place.next]
    let below: CidKey | null = null
    if (place.next < 0) {
      below = node.left
    } else if (entry) {
      if (entry.key <= last) throw new RepoError('malformed-tree', 'the keys of the tree do not ascend')
      last = entry.key
      yield entry
      below = entry.right
    } else {
      places.pop()
    }
    place.next += 1
    if (below !== null) places.push(open(below))
  }
}
