import { DependencyError } from '#kernel/errors.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import type { PrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { createFiller, type FillerSource } from '../numbered/filler.ts'
import type { Injury, Proof } from './injury.ts'

export interface RecoveryPlan {
  /** Entries that are acknowledged before Redis is injured. */
  readonly events: number
  readonly update: (progress: string) => void
  readonly signal: AbortSignal
}

/** What is known outside Redis of a load that an injury ended. */
export interface Injured {
  readonly acknowledged: number
  /** When how many had been acknowledged, in milliseconds since the epoch. */
  readonly arrivals: readonly (readonly [at: number, count: number])[]
  readonly proof: Proof
  readonly diedAt: number
}

export const INJURED_STREAM = 'standpipe:load:persistence'

/** Loads until enough is there, and ends Redis while the next entries are under way. */
export async function injure(
  server: PrivateRedis,
  injury: Injury,
  source: FillerSource,
  { events, update, signal }: RecoveryPlan,
): Promise<Injured> {
  const redis = await connectRedis(server.url, { name: 'standpipe-load-persistence' })
  const startedAt = Date.now()
  const arrivals: [at: number, count: number][] = []
  const filler = createFiller(redis, INJURED_STREAM, source)
  const goOn = () => {
    arrivals.push([Date.now(), filler.acknowledged])
    return false
  }
  const ends: Error[] = []
  const stopped = new AbortController()
  const loading = filler
    .fill(goOn, AbortSignal.any([signal, stopped.signal]))
    .then((refusal) => ends.push(new DependencyError(`Redis refused the append: ${refusal}`)))
    .catch((error: Error) => ends.push(error))
  try {
    const loaded = () => {
      update(`${filler.acknowledged} entries acknowledged`)
      const lasted = Date.now() - startedAt >= seconds(injury.leastSeconds ?? 0)
      return ends.length > 0 || (filler.acknowledged >= events && lasted)
    }
    await until(loaded, { within: seconds(600), what: 'load before the injury', signal })
    const before = (await injury.before?.(redis)) ?? null
    const [early] = ends
    if (early) {
      throw new DependencyError(`Redis did not last until its injury: ${early.message}`, { cause: early })
    }
    const { pid } = server
    await server.kill(injury.signal)
    const diedAt = Date.now()
    await loading
    const ended = {
      bit: server.pid === null && ends.length > 0,
      detail: `process ${pid} ended by ${injury.signal} in the middle of appending`,
    }
    const after = (await injury.after?.(server, diedAt)) ?? null
    return { acknowledged: filler.acknowledged, arrivals, proof: joined([before, ended, after]), diedAt }
  } finally {
    stopped.abort()
    redis.disconnect()
    await loading
  }
}

function joined(proofs: readonly (Proof | null)[]): Proof {
  const given = proofs.filter((proof) => proof !== null)
  return {
    bit: given.every(({ bit }) => bit),
    detail: given.map(({ detail }) => detail).join('; '),
  }
}
