/** What a repo may be made of, in bytes. Beyond it nothing is read. */
export interface CarLimits {
  /** Of the whole file. */
  readonly car: number
  /** Of one block: a tree node or a record. */
  readonly block: number
  /** Of one record; a larger one is left out, and counted. */
  readonly record: number
}

/** The protocol allows records of 1 MiB; a tree node is far smaller. */
export const BLOCK_LIMITS = { block: 2 * 1_048_576, record: 1_048_576 } as const

/** The limits of one repo; a block may be at least as long as a record, so that one record too many costs no repo. */
export function carLimits(
  car: number,
  { block, record: usual }: Omit<CarLimits, 'car'>,
  record = usual,
): CarLimits {
  return { car, record, block: Math.max(block, 2 * record) }
}

/**
 * Least mean size of a block: each costs us some 250 bytes to remember, so a file of nothing but tiny blocks would
 * fill the memory many times over. A like, one of the smallest records, takes 250 bytes itself.
 */
const MEAN_BLOCK = 100

/** How many blocks a file of this size may have. */
export function mostBlocks(carBytes: number): number {
  return 1_000 + Math.ceil(carBytes / MEAN_BLOCK)
}
