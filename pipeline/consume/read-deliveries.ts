import type { Redis } from 'ioredis'
import type { Membership } from './membership.ts'

/** How often each of our pending entries between two IDs was delivered; at most `count` of them are looked at. */
export async function readDeliveries(
  redis: Redis,
  { stream, group, consumer }: Membership,
  { first, last, count }: { readonly first: string; readonly last: string; readonly count: number },
): Promise<ReadonlyMap<string, number>> {
  const rows = (await redis.xpending(stream, group, first, last, count, consumer)) as [
    id: string,
    consumer: string,
    idleMs: number,
    deliveries: number,
  ][]
  return new Map(rows.map(([id, , , deliveries]) => [id, deliveries]))
}
