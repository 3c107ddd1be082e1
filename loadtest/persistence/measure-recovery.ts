import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { borrowRedis } from '#kernel/redis/borrow-redis.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { type PrivateRedis, startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { readEntriesBack } from '../capacity/read-entries-back.ts'
import { readSize } from '../capacity/read-size.ts'
import { createFiller, createFillerSource, FILLER_BATCH, fillerCursor } from '../numbered/filler.ts'
import type { Injury, Proof } from './injury.ts'
import type { Recovery } from './recovery.ts'
import { startTimed } from './start-timed.ts'

const STREAM = 'standpipe:load:persistence'

export interface RecoveryPlan {
  /** Entries that are acknowledged before Redis is injured. */
  readonly events: number
  readonly update: (progress: string) => void
  readonly signal: AbortSignal
}

/** Appends to a Redis of our own, injures it in the middle, starts it again, and lets the relay replay. */
export async function measureRecovery(injury: Injury, plan: RecoveryPlan): Promise<Recovery> {
  const { update, signal } = plan
  await using server = await startPrivateRedis({ config: injury.config ?? {} })
  const source = createFillerSource()
  const how = { name: 'standpipe-load-persistence', advice: 'the run cannot go on' }
  const { acknowledged, arrivals, proofs, diedAt } = await injure(server, injury, source, plan)
  update('starting again')
  const { refusedToStart, mended, readySeconds } = await startAgain(server, injury)
  return await borrowRedis(server.url, how, async (redis) => {
    update('reading back')
    const readBack = (asked: number) =>
      readEntriesBack({ redis, stream: STREAM, asked, again: source.begin(), update: () => {}, signal })
    const length = await redis.xlen(STREAM)
    const cameBack = await readBack(length)
    const cursor = await readCursor(redis)
    const { aofBytes } = await readSize(redis)
    const last = arrivals.findLast(([, count]) => count <= length)
    update('replaying')
    const replay = createFiller(redis, STREAM, source, cursor ?? 0)
    const refusal = await replay.fill(() => replay.acknowledged >= acknowledged, signal)
    if (refusal !== null) throw new DependencyError(`Redis refused the replay: ${refusal}`)
    return {
      injury,
      proof: joined(proofs),
      acknowledged,
      indeterminate: FILLER_BATCH,
      refusedToStart,
      mended,
      readySeconds,
      aofBytes: aofBytes ?? 0,
      cameBack,
      cursor,
      lostSeconds: length < acknowledged ? (diedAt - (last?.[0] ?? diedAt)) / 1_000 : null,
      replayed: replay.acknowledged - (cursor ?? 0),
      afterReplay: await readBack(Math.max(length, replay.acknowledged)),
    }
  })
}

/** Loads until enough is there, and ends Redis while the next entries are under way. */
async function injure(
  server: PrivateRedis,
  injury: Injury,
  source: ReturnType<typeof createFillerSource>,
  { events, update, signal }: RecoveryPlan,
) {
  const redis = await connectRedis(server.url, { name: 'standpipe-load-persistence' })
  const startedAt = Date.now()
  const arrivals: [at: number, count: number][] = []
  const filler = createFiller(redis, STREAM, source)
  const lasted = () => Date.now() - startedAt >= seconds(injury.leastSeconds ?? 0)
  const enough = () => {
    arrivals.push([Date.now(), filler.acknowledged])
    return false
  }
  const failures: Error[] = []
  const stopped = new AbortController()
  const loading = filler.fill(enough, AbortSignal.any([signal, stopped.signal])).catch((error: Error) => {
    failures.push(error)
    return null
  })
  try {
    const loaded = () => {
      update(`${filler.acknowledged} entries acknowledged`)
      return failures.length > 0 || (filler.acknowledged >= events && lasted())
    }
    await until(loaded, { within: seconds(600), what: 'load before the injury', signal })
    const [failure] = failures
    if (failure) throw failure
    const proofs = [await killedProof(server, injury, redis)]
    const diedAt = Date.now()
    await loading
    proofs.push(...(injury.after ? [await injury.after(server, diedAt)] : []))
    return { acknowledged: filler.acknowledged, arrivals, proofs, diedAt }
  } finally {
    stopped.abort()
    redis.disconnect()
    await loading
  }
}

async function killedProof(server: PrivateRedis, { signal, before }: Injury, redis: Redis): Promise<Proof> {
  const first = before ? await before(redis) : null
  const { pid } = server
  await server.kill(signal)
  const ended = { bit: pid !== null && server.pid === null, detail: `process ${pid} ended by ${signal}` }
  return first === null ? ended : joined([first, ended])
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

async function readCursor(redis: Redis): Promise<number | null> {
  const text = await redis.get(fillerCursor(STREAM))
  return text === null ? null : Number(text)
}

function joined(proofs: readonly Proof[]): Proof {
  return {
    bit: proofs.every(({ bit }) => bit),
    detail: proofs.map(({ detail }) => detail).join('; '),
  }
}
