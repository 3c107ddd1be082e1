import type { Redis } from 'ioredis'
import { readStream } from '#kernel/streams/read-stream.ts'
import { type Group, gatherGroups } from './gather-groups.ts'
import { type NothingMayGo, type TrimHorizon, trimHorizon } from './trim-horizon.ts'

/** How far a stream may be trimmed at this moment, and the groups that decide it. */
export interface ReadHorizon {
  readonly groups: readonly Group[]
  readonly horizon: TrimHorizon | NothingMayGo
}

/** Looks at the groups first and at the end of the stream last, since the end only ever grows. */
export async function readHorizon(redis: Redis, stream: string): Promise<ReadHorizon> {
  const groups = await gatherGroups(redis, stream)
  const state = await readStream(redis, stream)
  return { groups, horizon: trimHorizon(groups, state?.lastGeneratedId ?? '0-0') }
}
