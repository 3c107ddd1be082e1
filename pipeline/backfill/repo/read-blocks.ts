import type { IncomingMessage } from 'node:http'
import { type BlockStore, createBlockStore } from '#pipeline/backfill/car/block-store.ts'
import type { CarLimits } from '#pipeline/backfill/car/car-limits.ts'
import type { CidKey } from '#pipeline/backfill/car/cid-key.ts'
import { type Patience, readBody } from '#pipeline/backfill/fetch/read-body.ts'
import type { ByteAccount } from '#pipeline/backfill/polite/byte-budget.ts'

export interface ReadBlocksOptions {
  readonly limits: CarLimits
  readonly patience: Patience
  /** Whether to hold blocks against their CIDs. */
  readonly check: boolean
  /** Where what is held is charged to. */
  readonly memory: ByteAccount
  readonly onBytes: (bytes: number) => void
  readonly signal: AbortSignal
}

/**
 * Reads a CAR file as it comes. Blocks may come in any order, so all are kept until the tree has been walked; while
 * there is no room for more, the connection rests. Throws `RepoError`.
 */
export async function readBlocks(
  answer: IncomingMessage,
  { limits, patience, check, memory, onBytes, signal }: ReadBlocksOptions,
): Promise<{ readonly store: BlockStore; readonly root: CidKey }> {
  const store = createBlockStore({ limits, check })
  for await (const chunk of readBody(answer, limits.car, patience)) {
    onBytes(chunk.length)
    await memory.take(chunk.length, signal)
    store.push(chunk)
  }
  return { store, root: store.end() }
}
