import type { Redis } from 'ioredis'
import { companionKeys } from '#pipeline/contract.ts'
import type { Layout } from './layout.ts'

/** Removes every key that a run may have left. A Redis that is gone has kept none of ours for anybody to find. */
export async function removeStreams(redis: Redis, { flows, consumers }: Layout): Promise<void> {
  for (const { stream, cursors } of flows) {
    const companions = consumers.flatMap(({ group }) => companionKeys(stream, group.name))
    await redis.unlink(stream, ...cursors, ...new Set(companions)).catch(() => {})
  }
}
