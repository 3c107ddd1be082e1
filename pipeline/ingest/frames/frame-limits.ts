/** What a relay may send, in bytes. Beyond it nothing is read: it is counted, and a beginning of it is kept. */
export interface FrameLimits {
  /** Of one message. */
  readonly frame: number
  /** Of one record, as its block is. */
  readonly record: number
}

/** The protocol allows messages of 5 MB and records of 1 MiB: https://atproto.com/specs/event-stream */
export const FRAME_LIMITS: FrameLimits = { frame: 5_242_880, record: 1_048_576 }
