import type { Redis } from 'ioredis'
import { createLinesAppend, type LinesAppend } from './append/append-lines.ts'
import type { IngesterOptions } from './ingester-options.ts'
import { lossyAppend } from './lossy-append.ts'

/** The append of an ingester. Where entries are removed at a length, no length is ever waited for. */
export function chooseAppend(
  redis: Redis,
  cursors: readonly string[],
  { stream, highWater, lossyMaxLength, entryId = 'time' }: IngesterOptions,
  onRemoved: (entries: number) => void,
): LinesAppend {
  const target = { stream, cursors, highWater, entryId }
  if (lossyMaxLength === undefined) return createLinesAppend(redis, target)
  const append = createLinesAppend(redis, { ...target, highWater: Number.MAX_SAFE_INTEGER })
  return lossyAppend(append, { redis, stream, maxLength: lossyMaxLength }, onRemoved)
}
