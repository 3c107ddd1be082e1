import { type Column, createColumn } from './column.ts'
import { createExamples, type Examples } from './examples.ts'
import { createKeyIndex, type KeyIndex } from './key-index.ts'

/** What has been seen of one event, as bits. */
export const SEEN = { committed: 1, applied: 2, deadLettered: 4, owed: 8, settled: 16 } as const

/** The ledger while it is being counted. */
export interface Tally {
  /** Every attempted event, once. */
  readonly index: KeyIndex
  /** What was seen of each, as bits of `SEEN`. */
  readonly seen: Column
  readonly examples: Examples
  readonly counts: Record<Count, number>
}

const COUNTS = [
  'attempted',
  'filtered',
  'acknowledged',
  'committed',
  'lost',
  'indeterminate',
  'recovered',
  'waiting',
  'duplicatedDeliveries',
  'duplicateEffects',
  'unexpected',
  'reordered',
  'superseded',
  'deadLettered',
  'rejected',
] as const

type Count = (typeof COUNTS)[number]

export function createTally(examples: number): Tally {
  return {
    index: createKeyIndex(),
    seen: createColumn(8),
    examples: createExamples(examples),
    counts: Object.fromEntries(COUNTS.map((name) => [name, 0])) as Record<Count, number>,
  }
}
