import type { Frame } from '#pipeline/ingest/frames/frame.ts'
import type { Subscription, SubscriptionOptions } from '#pipeline/ingest/relay/subscription.ts'
import type { VerifyLevel } from '#pipeline/ingest/verify/verify-level.ts'

/** What is subscribed to, and what becomes of it. */
export interface LineSource {
  /** What is left to verify of what is heard. */
  readonly verify: VerifyLevel
  /** Of every entry. */
  readonly fields: readonly string[]
  /** Throws `UsageError` when the relay's URL makes no sense. */
  readonly hear: (options: Hearing) => Subscription
  /** The values of the entries that the events of one frame become; may throw for records nested too deep. */
  readonly encode: (texts: readonly string[], seq: number) => readonly string[]
}

/** How a host is heard, frame by frame. */
export interface Hearing extends Omit<SubscriptionOptions, 'method' | 'onMessage'> {
  /** `message` is what it was read from, kept where a part of it cannot become events. */
  readonly onFrame: (frame: Frame, message: Buffer) => void
}
