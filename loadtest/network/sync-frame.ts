import { toBytes } from '@atcute/cbor'
import { carSlice } from './car-slice.ts'
import { messageFrame } from './frame.ts'
import type { RelayFrame } from './frame-source.ts'
import type { Repo } from './repo.ts'

/** A #sync message: what the repo's newest commit is. It carries no event. The repo must have a commit. */
export function syncFrame({ did, head }: Repo, seq: number, time: string): RelayFrame {
  if (!head) throw new TypeError(`${did} has no commit to tell of`)
  const { block, rev } = head
  const blocks = toBytes(carSlice(block.cid, [block]))
  return { seq, bytes: messageFrame('#sync', { seq, did, blocks, rev, time }), events: [] }
}
