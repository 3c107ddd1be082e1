import type { Frame } from '#pipeline/ingest/frames/frame.ts'
import type { SubscriptionMethod } from '#pipeline/ingest/relay/subscription-url.ts'
import type { VerifyLevel } from '#pipeline/ingest/verify/verify-level.ts'

/** What is subscribed to, and what becomes of it. */
export interface LineSource {
  readonly method: SubscriptionMethod
  readonly verify: VerifyLevel
  /** Of every entry. */
  readonly fields: readonly string[]
  /** Never throws. */
  readonly read: (message: Uint8Array) => Frame
  /** The values of the entries that the events of one frame become; may throw for records nested too deep. */
  readonly encode: (texts: readonly string[], seq: number) => readonly string[]
}
