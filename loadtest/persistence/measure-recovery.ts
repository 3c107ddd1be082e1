import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { type PrivateRedis, startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { readEntriesBack } from '../capacity/read-entries-back.ts'
import { readSize } from '../capacity/read-size.ts'
import { createFiller, createFillerSource, FILLER_BATCH, fillerCursor } from '../numbered/filler.ts'
import { INJURED_STREAM, type Injured, injure, type RecoveryPlan } from './injure.ts'
import type { Injury } from './injury.ts'
import type { Recovery } from './recovery.ts'
import { startTimed } from './start-timed.ts'

/** Appends to a Redis of our own, injures it in the middle, starts it again, and lets the relay replay. */
export async function measureRecovery(injury: Injury, plan: RecoveryPlan): Promise<Recovery> {
  const { update, signal } = plan
  await using server = await startPrivateRedis({ config: injury.config ?? {} })
  const source = createFillerSource()
  const how = { name: 'standpipe-load-persistence', advice: 'the run cannot go on' }
  const { acknowledged, arrivals, proof, diedAt } = await injure(server, injury, source, plan)
  update('starting again')
  const { refusedToStart, mended, readySeconds } = await startAgain(server, injury)
  return await borrowRedis(server.url, how, async (redis) => {
    update('reading back')
    const readBack = (asked: number) =>
      readEntriesBack({
        redis,
        stream: INJURED_STREAM,
        asked,
        again: source.begin(),
        update: () => {},
        signal,
      })
    const length = await redis.xlen(INJURED_STREAM)
    const cameBack = await readBack(length)
    const cursor = await readCursor(redis)
    const { aofBytes } = await readSize(redis)
    const last = arrivals.findLast(([, count]) => count <= length)
    update('replaying')
    const replay = createFiller(redis, INJURED_STREAM, source, cursor ?? 0)
    const refusal = await replay.fill(() => replay.acknowledged >= acknowledged, signal)
    if (refusal !== null) throw new DependencyError(`Redis refused the replay: ${refusal}`)
    return {
      injury,
      proof,
      acknowledged,
      indeterminate: FILLER_BATCH,
      refusedToStart,
      mended,
      readySeconds,
      aofBytes: aofBytes ?? 0,
      cameBack,
      cursor,
      arrivals: thinned(arrivals, diedAt, acknowledged),
      lostSeconds: length < acknowledged ? (diedAt - (last?.[0] ?? diedAt)) / 1_000 : null,
      replayed: replay.acknowledged - (cursor ?? 0),
      afterReplay: await readBack(Math.max(length, replay.acknowledged)),
    }
  })
}

async function startAgain(server: PrivateRedis, { mend }: Injury) {
  try {
    return { refusedToStart: null, mended: null, readySeconds: await startTimed(server) }
  } catch (error) {
    if (!(error instanceof DependencyError) || !mend) throw error
    const mended = await mend(server)
    return { refusedToStart: error.message, mended, readySeconds: await startTimed(server) }
  }
}

const MOST_POINTS = 200

/** Few enough to draw, the end among them. */
function thinned(
  arrivals: Injured['arrivals'],
  diedAt: number,
  acknowledged: number,
): (readonly [at: number, count: number])[] {
  const every = Math.ceil(arrivals.length / MOST_POINTS)
  const beganAt = arrivals[0]?.[0] ?? diedAt
  return [...arrivals.filter((_, index) => index % every === 0), [diedAt, acknowledged] as const].map(
    ([at, count]) => [(at - beganAt) / 1_000, count] as const,
  )
}

async function readCursor(redis: Redis): Promise<number | null> {
  const text = await redis.get(fillerCursor(INJURED_STREAM))
  return text === null ? null : Number(text)
}
