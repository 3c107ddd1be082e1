import type { CommitClaim } from '#pipeline/ingest/verify/commit-claim.ts'
import type { RejectReason } from './reject-reason.ts'

export type Action = 'create' | 'update' | 'delete' | 'identity' | 'account' | 'label'

/** An event as it will lie in the stream. */
export interface EventText {
  readonly action: Action
  /** A `StreamEvent` or a label as JSON. */
  readonly text: string
  /** Of a record; absent from everything else. */
  readonly collection?: string
}

/** A frame that has a place in the relay's order: the cursor moves past it, whatever came of it. */
export interface SequencedFrame {
  readonly kind: 'commit' | 'identity' | 'account' | 'sync' | 'labels'
  readonly seq: number
  /** The event's own time as the relay gave it, ISO 8601; empty when the frame has none. */
  readonly time: string
  /** In the order of the frame's ops. */
  readonly events: readonly EventText[]
  /** Ops in collections that nobody asked for. */
  readonly filteredOps: number
  /** The relay left the ops out because they were too many: the repo must be fetched to know them. */
  readonly tooBig: boolean
  /** Why part of the frame, or all of it, did not become events; `null` when all of it did. */
  readonly rejected: RejectReason | null
  /** The account that it is about; empty when the frame has none. */
  readonly did: string
  /** What can be found out about a commit; `null` for everything else, and where there is nothing to look at. */
  readonly claim: CommitClaim | null
}

/** What the relay has to say about the subscription itself: `OutdatedCursor`, `ConsumerTooSlow`, … */
export interface Notice {
  readonly kind: 'info' | 'error'
  readonly name: string
  readonly message: string
}

/** A type of frame that we do not know; its body is not looked at. */
export interface UnknownFrame {
  readonly kind: 'unknown'
  readonly type: string
}

/** A frame from which not even its place in the order can be read. */
export interface UnreadableFrame {
  readonly kind: 'unreadable'
  readonly rejected: RejectReason
}

export type Frame = SequencedFrame | Notice | UnknownFrame | UnreadableFrame
