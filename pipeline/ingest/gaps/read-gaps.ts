import type { Redis } from 'ioredis'
import { GAP_FIELD, type Gap, gapStream } from '#pipeline/contract.ts'

/** A gap that is not closed. */
export interface OpenGap extends Gap {
  /** Of its entry in the stream of gaps. */
  readonly id: string
}

/** More open gaps than that are looked at when the first are closed. */
const MOST = 1_000

/** The open gaps of a stream, oldest first. An entry that holds no gap is an error of whoever wrote it, and left out. */
export async function readGaps(redis: Redis, stream: string): Promise<OpenGap[]> {
  const entries = await redis.xrange(gapStream(stream), '-', '+', 'COUNT', MOST)
  return entries.flatMap(([id, fields]) => {
    const gap = parseGap(fields[fields.indexOf(GAP_FIELD) + 1] ?? '')
    return gap ? [{ id, ...gap }] : []
  })
}

function parseGap(text: string): Gap | null {
  try {
    const gap = JSON.parse(text) as Gap
    return typeof gap.host === 'string' && typeof gap.from === 'object' && typeof gap.to === 'object'
      ? gap
      : null
  } catch {
    return null
  }
}
