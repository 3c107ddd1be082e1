import type { Redis } from 'ioredis'
import { readPending } from '#kernel/streams/read-pending.ts'
import type { Target } from '../target.ts'

/** How many entries a consumer was handed and has not acknowledged. One round trip. */
export async function countHeld(
  redis: Redis,
  { stream, group }: Pick<Target, 'stream' | 'group'>,
  consumer: string,
): Promise<number> {
  const pending = await readPending(redis, stream, group)
  return pending?.byConsumer.find(({ name }) => name === consumer)?.count ?? 0
}
