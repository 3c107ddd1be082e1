import { GAP_REASONS, type GapReason } from '#pipeline/contract.ts'
import type { Action, Frame } from './frames/frame.ts'
import { REJECT_REASONS, type RejectReason } from './frames/reject-reason.ts'

/** Everything an ingester counts since it started. Plain numbers: metrics are made of them when asked for. */
export interface IngestCounts {
  readonly frames: Record<Frame['kind'], number>
  readonly events: Record<Action, number>
  /** By the relay's own word; what we have no word for is `other`. */
  readonly notices: Record<NoticeName, number>
  readonly rejectedFrames: Record<RejectReason, number>
  readonly refusedAppends: Map<string, number>
  readonly reconnects: Map<string, number>
  readonly gaps: Record<GapReason, number>
  /** By the relay that brought what another one had brought before. */
  readonly duplicates: Map<string, number>
  filteredOps: number
  tooBigCommits: number
  unkeptFrames: number
  skippedCommits: number
  appendedEntries: number
  rollbacks: number
  /** Times that another relay of the list took over. */
  switches: number
  lossyTrimmed: number
  /** Subscriptions that are open. */
  connected: number
  /** 1 while the relay says that the cursor is ahead of it, else 0. */
  cursorAhead: 0 | 1
  /** Gaps that lie in their stream; `null` before it was looked at. */
  openGaps: number | null
  bytesInFlight: number
  backpressureMs: number
  /** `null` before anything is stored. */
  cursor: number | null
  /** ISO 8601, as the relay gave it; `null` before anything is stored. */
  newestEventTime: string | null
  /** The same, by the pattern under which records were wanted. */
  readonly newestByCollection: Map<string, string>
}

export const NOTICE_NAMES = ['OutdatedCursor', 'FutureCursor', 'ConsumerTooSlow', 'other'] as const

export type NoticeName = (typeof NOTICE_NAMES)[number]

const KINDS: readonly Frame['kind'][] = [
  'commit',
  'identity',
  'account',
  'sync',
  'labels',
  'info',
  'error',
  'unknown',
  'unreadable',
]

const ACTIONS: readonly Action[] = ['create', 'update', 'delete', 'identity', 'account', 'label']

/** Counts that all begin at 0. */
export function newCounts(): IngestCounts {
  return {
    frames: zeroes(KINDS),
    events: zeroes(ACTIONS),
    notices: zeroes(NOTICE_NAMES),
    rejectedFrames: zeroes(REJECT_REASONS),
    refusedAppends: new Map(),
    reconnects: new Map(),
    gaps: zeroes(GAP_REASONS),
    duplicates: new Map(),
    filteredOps: 0,
    tooBigCommits: 0,
    unkeptFrames: 0,
    skippedCommits: 0,
    appendedEntries: 0,
    rollbacks: 0,
    switches: 0,
    lossyTrimmed: 0,
    connected: 0,
    cursorAhead: 0,
    openGaps: null,
    bytesInFlight: 0,
    backpressureMs: 0,
    cursor: null,
    newestEventTime: null,
    newestByCollection: new Map(),
  }
}

export function countOne(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
}

function zeroes<Key extends string>(keys: readonly Key[]): Record<Key, number> {
  return Object.fromEntries(keys.map((key) => [key, 0])) as Record<Key, number>
}
