import type { Redis } from 'ioredis'
import { type Append, createAppend } from './append/append.ts'
import type { IngesterOptions } from './ingester-options.ts'
import { lossyAppend } from './lossy-append.ts'

/** The append of an ingester. Where entries are removed at a length, no length is ever waited for. */
export function chooseAppend(
  redis: Redis,
  cursor: string,
  { stream, highWater, lossyMaxLength }: IngesterOptions,
  onRemoved: (entries: number) => void,
): Append {
  if (lossyMaxLength === undefined) return createAppend(redis, { stream, cursor, highWater })
  const append = createAppend(redis, { stream, cursor, highWater: Number.MAX_SAFE_INTEGER })
  return lossyAppend(append, { redis, stream, maxLength: lossyMaxLength }, onRemoved)
}
