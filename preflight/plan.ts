import type { Profile } from '#audit/profile.ts'
import type { PrivateRedis } from '#kernel/redis/private-redis.ts'

/** What this preflight is about, resolved once. */
export interface PreflightPlan {
  readonly redisUrl: string
  /** The Redis that we started; `null` when it is the operator's. */
  readonly owned: PrivateRedis | null
  /** Why the operator's Redis must not be loaded; `null` when it may be. Ours always may. */
  readonly loadRefused: string | null
  readonly stream: string
  readonly profile: Profile
  /** maxmemory of the servers that we start, in bytes. */
  readonly maxmemoryBytes: number
  /** The operator's own events per second; `null` when not said. */
  readonly ownRate: number | null
  /** PostgreSQL to borrow a schema of; `null` is an embedded one. */
  readonly databaseUrl: string | null
  /** How many events go through the whole pipeline. Four times as many entries measure the capacity. */
  readonly events: number
}
