import type { Group } from '#loadtest/scenario.ts'
import type { SharedSeen } from './seen-entries.ts'

/** Everything that the consumers of a group need to know, as plain data. */
export interface ConsumerPlan {
  readonly redisUrl: string
  readonly group: Group
  /** One stream per flow, the most urgent first, and what the group has seen of it. */
  readonly streams: readonly { readonly stream: string; readonly seen: SharedSeen }[]
  /** Latencies of what was meant to come before are not told; milliseconds from the start, one per flow. */
  readonly toldFromMs: readonly number[]
  readonly effectsPath: string
  /** Whether this group's thread removes what every group has acknowledged. */
  readonly trims: boolean
}

/** What the consumers of a group saw, as plain data. */
export interface ConsumerEnd {
  readonly group: string
  /** Encoded, one of each kind per flow. */
  readonly latencies: readonly {
    readonly delivered: string
    readonly committed: string
    readonly claimed: string
  }[]
  /** Deliveries of entries that had been delivered before. */
  readonly redelivered: number
  /** Entries taken over from a consumer that gave no sign of life. */
  readonly reclaimed: number
  /** Pending entries whose body was gone. */
  readonly lostBodies: number
  readonly redisErrors: number
  /** Why a consumer could not finish what it held; `null` when all did. */
  readonly undrained: string | null
}
