import type { RejectReason } from '#pipeline/ingest/frames/reject-reason.ts'

/** A frame of which a part or all could not become events. */
export interface RejectedFrame {
  readonly reason: RejectReason
  /** `null` when the frame does not tell its place. */
  readonly seq: number | null
  readonly frame: Buffer
  /** Who sent it. */
  readonly relay: string
}
