import type { Redis } from 'ioredis'
import { type Delivered, toDelivered } from './delivered.ts'
import type { Membership } from './membership.ts'

export interface ReadOptions {
  /** `>` for entries nobody was handed yet; an ID for our own pending ones beyond it. */
  readonly from: string
  readonly count: number
  /** How long to wait for a new entry, in milliseconds; our own pending ones never need waiting. */
  readonly blockMs: number
}

/** One XREADGROUP. Empty when nothing came in time, or nothing is pending beyond the ID. */
export async function readEntries(
  redis: Redis,
  { stream, group, consumer }: Membership,
  { from, count, blockMs }: ReadOptions,
): Promise<Delivered[]> {
  const reply = await redis.xreadgroup(
    'GROUP',
    group,
    consumer,
    'COUNT',
    count,
    'BLOCK',
    blockMs,
    'STREAMS',
    stream,
    from,
  )
  const [only] = (reply ?? []) as [string, unknown][]
  return only ? toDelivered(only[1]) : []
}
