import type { Gap } from '#pipeline/contract.ts'
import type { Commit } from '#pipeline/ingest/append/batch.ts'
import type { LinesBatch } from '#pipeline/ingest/append/lines-batch.ts'
import type { Cursors } from '#pipeline/ingest/append/lines-reply.ts'
import type { RejectedFrame } from './rejected-frame.ts'

/** What one frame adds to the queue; `seq` is `null` when the frame does not tell its place. */
export interface Intake {
  readonly seq: number | null
  readonly time: string
  readonly values: readonly string[]
  /** Which of the wanted collections it is about; absent for none. */
  readonly groups?: readonly string[]
  readonly rejected: RejectedFrame | null
  /** What may be missing before this frame. */
  readonly gap?: Gap | null
}

/** A batch on its way to Redis, with what travels beside it. */
export interface QueuedBatch {
  /** `null` when there is nothing to store but rejected frames without a place in the order. */
  readonly batch: LinesBatch | null
  /** Bytes that it holds in memory. */
  readonly bytes: number
  /** Event time of its last frame. */
  readonly time: string
  /** Event time of the last frame about each group of collections. */
  readonly newest: ReadonlyMap<string, string>
  /** Frames to keep before the cursor passes them; emptied once they are kept. */
  readonly rejected: RejectedFrame[]
}

export interface BatcherOptions {
  /** Entries that make a batch full; a commit with more makes a batch of its own. */
  readonly maxEntries: number
  /** Bytes that make a batch full, so that one call stays short whatever the records weigh. */
  readonly maxBytes: number
  readonly fields: readonly string[]
}

/**
 * A queue of whole commits of one or more relays, cut into batches of which each names the sequence of every relay that
 * it follows. A relay is told by its line: its place in the list of cursors that the queue began with.
 */
export interface Batcher {
  /** The last sequence of this line added, else the one it begins after; `null` when it begins nowhere. */
  tail(line: number): number | null
  /** Whether a full batch waits. */
  readonly hasFull: boolean
  /** Whether anything waits, or only a cursor; `null` when nothing does. */
  readonly waiting: 'entries' | 'cursor' | null
  /** Returns the bytes that it holds. Without a line it is the first. */
  add(intake: Intake, line?: number): number
  /** The next batch in order; one that is not full only when `partial`. */
  next(partial: boolean): QueuedBatch | null
  /** Takes refused batches back to the front, in their order. */
  putBack(batches: readonly QueuedBatch[]): void
  /** Forgets everything, and begins after other sequences. Returns the bytes that it held. */
  restartAfter(seqs: Cursors): number
}

interface Open {
  readonly commits: Commit[]
  readonly gaps: Gap[]
  readonly newest: Map<string, string>
  readonly rejected: RejectedFrame[]
  entries: number
  bytes: number
  time: string
}

/** `starts` are the stored cursors, one per line, `null` where there is none. */
export function createBatcher(options: BatcherOptions, starts: Cursors): Batcher {
  let full: QueuedBatch[] = []
  let open = newOpen()
  let sealedUpTo = [...starts]
  let tails = [...starts]

  const hasMoved = () => tails.some((tail, line) => tail !== sealedUpTo[line])
  const isEmpty = () => open.rejected.length === 0 && !hasMoved()
  const seal = () => {
    const { commits, gaps, newest, bytes, time, rejected } = open
    const moves = tails.map((upTo, line) => ({ after: sealedUpTo[line] ?? null, upTo }))
    const batch = hasMoved() ? { fields: options.fields, commits, moves, gaps } : null
    full.push({ batch, bytes, time, newest, rejected })
    sealedUpTo = [...tails]
    open = newOpen()
  }

  return {
    tail: (line) => tails[line] ?? null,
    get hasFull() {
      return full.length > 0
    },
    get waiting() {
      if (full.length > 0 || open.entries > 0 || open.rejected.length > 0) return 'entries'
      return isEmpty() ? null : 'cursor'
    },
    add(intake, line = 0) {
      const entries = intake.values.length / options.fields.length
      if (open.entries > 0 && open.entries + entries > options.maxEntries) seal()
      const bytes = sizeOf(intake)
      put(open, intake, line, entries, bytes)
      if (intake.seq !== null) tails[line] = intake.seq
      if (open.entries >= options.maxEntries || open.bytes >= options.maxBytes) seal()
      return bytes
    },
    next(partial) {
      if (full.length === 0 && partial && !isEmpty()) seal()
      return full.shift() ?? null
    },
    putBack(batches) {
      full.unshift(...batches)
    },
    restartAfter(seqs) {
      const held = full.reduce((sum, { bytes }) => sum + bytes, open.bytes)
      full = []
      open = newOpen()
      sealedUpTo = [...seqs]
      tails = [...seqs]
      return held
    },
  }
}

function newOpen(): Open {
  return { commits: [], gaps: [], newest: new Map(), rejected: [], entries: 0, bytes: 0, time: '' }
}

function put(
  open: Open,
  { seq, time, values, groups = [], rejected, gap }: Intake,
  line: number,
  entries: number,
  bytes: number,
): void {
  if (seq !== null && entries > 0) open.commits.push({ seq, values, line })
  if (gap) open.gaps.push(gap)
  if (rejected) open.rejected.push(rejected)
  if (time) {
    open.time = time
    for (const group of groups) open.newest.set(group, time)
  }
  open.entries += entries
  open.bytes += bytes
}

function sizeOf({ values, rejected }: Intake): number {
  let bytes = rejected?.frame.length ?? 0
  for (const value of values) bytes += value.length
  return bytes
}
