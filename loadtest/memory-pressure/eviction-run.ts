/** A policy beside noeviction, and what is told of it. */
export interface EvictionCase {
  readonly policy: 'allkeys-lru' | 'volatile-lru'
  /** Whether somebody has set a time to live on the stream. */
  readonly expires: boolean
}

/** What was left of a buffer under that policy at the limit. */
export interface EvictionRun extends EvictionCase {
  /** Entries that Redis had acknowledged when it evicted or refused. */
  readonly acknowledged: number
  readonly left: number
  /** Whether the group that read the stream is still there. */
  readonly groupLeft: boolean
  readonly evicted: number
  /** Redis' words when it refused instead; `null` when it did not. */
  readonly refusal: string | null
}
