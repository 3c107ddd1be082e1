import type { Redis } from 'ioredis'
import { readStream } from '#kernel/streams/read-stream.ts'
import { type Group, gatherGroups } from './gather-groups.ts'
import { type FlooredHorizon, keepFloor } from './keep-floor.ts'
import type { RetentionFloor } from './retention-floor.ts'
import { type NothingMayGo, trimHorizon } from './trim-horizon.ts'

/** How far a stream may be trimmed at this moment, and the groups that decide it. */
export interface ReadHorizon {
  readonly groups: readonly Group[]
  readonly horizon: FlooredHorizon | NothingMayGo
}

/** Looks at the groups first and at the end of the stream last, since the end only ever grows. */
export async function readHorizon(
  redis: Redis,
  stream: string,
  floor: RetentionFloor | null = null,
): Promise<ReadHorizon> {
  const groups = await gatherGroups(redis, stream)
  const state = await readStream(redis, stream)
  const lastGeneratedId = state?.lastGeneratedId ?? '0-0'
  const horizon = trimHorizon(groups, lastGeneratedId)
  if (horizon.keepFrom === null) return { groups, horizon }
  const now = floor === null ? 0 : await readRedisTime(redis)
  return { groups, horizon: keepFloor(horizon, floor, { length: state?.length ?? 0, lastGeneratedId, now }) }
}

async function readRedisTime(redis: Redis): Promise<number> {
  const [seconds] = await redis.time()
  return Number(seconds) * 1_000
}
