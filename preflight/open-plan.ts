import type { Profile } from '#audit/profile.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { judgeGuard, readGuardEvidence } from '#kernel/redis/guard.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { MARKER_KEY } from '#pipeline/contract.ts'
import type { PreflightPlan } from './plan.ts'

export interface PreflightChoices {
  /** The operator's Redis; `undefined` starts one of our own. */
  readonly redisUrl: string | undefined
  readonly confirm: string | undefined
  readonly stream: string
  readonly profile: Profile
  readonly maxmemory: number
  readonly eventsPerSecond: number | undefined
  readonly databaseUrl: string | undefined
  readonly events: number
}

/** Resolves the choices once: which Redis, and what may be done to it. Disposing of it stops what it started. */
export async function openPlan(choices: PreflightChoices): Promise<PreflightPlan & AsyncDisposable> {
  const { redisUrl, stream, profile, maxmemory, eventsPerSecond = null, databaseUrl = null, events } = choices
  const rest = { stream, profile, maxmemoryBytes: maxmemory, ownRate: eventsPerSecond, databaseUrl, events }
  if (redisUrl !== undefined) {
    const loadRefused = await whyNoLoad(redisUrl, choices.confirm)
    return { redisUrl, owned: null, loadRefused, ...rest, async [Symbol.asyncDispose]() {} }
  }
  const owned = await startPrivateRedis({ listen: 'loopback', config: { maxmemory: String(maxmemory) } })
  return {
    redisUrl: owned.url,
    owned,
    loadRefused: null,
    ...rest,
    [Symbol.asyncDispose]: () => owned[Symbol.asyncDispose](),
  }
}

/** A guard that cannot be asked, for want of a permission, is a guard that refuses. */
async function whyNoLoad(redisUrl: string, confirmed: string | undefined): Promise<string | null> {
  const redis = await connectRedis(redisUrl, { name: 'standpipe-guard' })
  try {
    const judgement = judgeGuard(await readGuardEvidence(redis, MARKER_KEY), {
      markerKey: MARKER_KEY,
      confirmed,
    })
    return judgement.allowed ? null : `only what reads was run: ${judgement.because}`
  } catch (error) {
    return `only what reads was run: the guard could not be asked (${(error as Error).message})`
  } finally {
    redis.disconnect()
  }
}
