import type { Redis } from 'ioredis'
import { CLOSING_FIELD, closedGapStream, GAP_FIELD, type Gap, type GapClosing } from '#pipeline/contract.ts'

export interface ClosedGap extends Gap {
  readonly closing: GapClosing
}

/** The newest closed gaps of a stream, newest first, as far as they can be read. */
export async function readClosedGaps(redis: Redis, stream: string, limit: number): Promise<ClosedGap[]> {
  const entries = await redis.xrevrange(closedGapStream(stream), '+', '-', 'COUNT', limit)
  return entries.flatMap(([, fields]) => {
    const text = (name: string) => fields[fields.indexOf(name) + 1] ?? ''
    try {
      return [
        { ...(JSON.parse(text(GAP_FIELD)) as Gap), closing: JSON.parse(text(CLOSING_FIELD)) as GapClosing },
      ]
    } catch {
      return []
    }
  })
}
