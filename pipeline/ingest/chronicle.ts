import type { Log } from '#kernel/log/log.ts'
import { seconds } from '#kernel/time/duration.ts'
import type { Gap } from '#pipeline/contract.ts'
import type { Cursors } from './append/lines-reply.ts'
import { countOne, type IngestCounts } from './counts.ts'
import type { QueuedBatch } from './delivery/batcher.ts'
import type { Refusal, Stored } from './delivery/delivery.ts'
import type { Notice, SequencedFrame } from './frames/frame.ts'
import type { RejectReason } from './frames/reject-reason.ts'
import type { Ending } from './relay/connection.ts'
import { createSparseLog } from './sparse-log.ts'

/** Puts what happens to an ingester into its counts, and tells the log what an operator wants to know. */
export function createChronicle(log: Log, counts: IngestCounts) {
  const tell = createSparseLog(log, seconds(5))
  let isOpen = false
  const close = () => {
    if (isOpen) counts.connected--
    isOpen = false
  }
  const onGap = (gap: Gap) => {
    counts.gaps[gap.reason]++
    counts.openGaps = (counts.openGaps ?? 0) + 1
    log.error({ ...gap }, GAP_RECORDED)
  }
  return {
    onOpen: (cursor: number | null) => {
      close()
      isOpen = true
      counts.connected++
      log.info({ cursor }, 'subscribed to the relay')
    },
    onEnd: ({ reason, says }: Ending, retryIn: number) => {
      close()
      countOne(counts.reconnects, reason)
      const fields = { reason, says, retryInMs: Math.round(retryIn) }
      tell('warn', `end ${reason}`, fields, 'the connection to the relay ended; it will be opened again')
    },
    onSwitched: (relay: string) => {
      counts.switches++
      log.warn({ relay }, 'the relay before failed; this one is heard from now on')
    },
    onSwitchFailed: ({ message }: Error) => {
      tell('error', 'switch', { says: message }, 'the next relay cannot be begun with; it is tried again')
    },
    onStopped: close,
    onNotice: ({ kind, name, message }: Notice) => {
      if (name === 'FutureCursor') counts.cursorAhead = 1
      const level = kind === 'error' || name === 'OutdatedCursor' ? 'error' : 'info'
      tell(
        level,
        `notice ${name}`,
        { name, says: message },
        NOTICES[name] ?? 'the relay has something to say',
      )
    },
    onRepeated: (seq: number) => {
      tell(
        'info',
        'repeated',
        { seq },
        'the relay repeats sequences that are queued or stored; they are skipped',
      )
    },
    onTooBig: ({ seq }: SequencedFrame) => {
      tell('warn', 'too-big', { seq }, 'a commit came without its ops; fetch its repo to know them')
    },
    onRejected: (reason: RejectReason, seq: number | null) => {
      tell(
        'warn',
        `rejected ${reason}`,
        { reason, seq },
        'a frame was rejected and kept; the pipeline goes on',
      )
    },
    onUnknown: (type: string) => {
      tell('warn', 'unknown', { type }, 'frames of an unknown type are skipped')
    },
    onUnkept: (frames: number) => {
      counts.unkeptFrames += frames
      tell('error', 'unkept', { frames }, 'the stream of rejected frames is full; they are only counted')
    },
    onStartedOver: (gap: Gap) => {
      counts.cursor = null
      counts.cursorAhead = 0
      onGap(gap)
    },
    onStartOverFailed: ({ message }: Error) => {
      tell('error', 'start over', { says: message }, 'the cursor could not be reset; it is tried again')
    },
    onStored: ({ batch, bytes, time, newest }: QueuedBatch, reply: Stored) => {
      counts.bytesInFlight -= bytes
      if (time) counts.newestEventTime = time
      for (const [group, at] of newest) counts.newestByCollection.set(group, at)
      if (reply.outcome === 'nothing-to-store') return
      batch?.gaps?.forEach(onGap)
      counts.appendedEntries += reply.added
      counts.skippedCommits += reply.skipped
    },
    onRefused: (reply: Refusal) => {
      const reason = reply.outcome === 'write-refused' ? reply.code : reply.outcome
      countOne(counts.refusedAppends, reason)
      const isStuck = reply.outcome === 'ids-behind'
      tell(isStuck ? 'error' : 'warn', `refused ${reason}`, { ...reply }, isStuck ? IDS_BEHIND : REFUSED)
    },
    onRolledBack: (cursors: Cursors, bytes: number) => {
      counts.rollbacks++
      counts.bytesInFlight -= bytes
      counts.cursor = cursors.find((cursor) => cursor !== null) ?? null
      log.error(
        { cursors },
        'Redis lost what it had confirmed; the relay is asked again from the stored cursor',
      )
    },
  }
}

export type Chronicle = ReturnType<typeof createChronicle>

const GAP_RECORDED =
  'events may be missing and a gap is recorded; standpipe ingest repos and standpipe backfill repair it'

const REFUSED = 'an append did not succeed; it waits and is tried again'

const IDS_BEHIND =
  'somebody has added an entry with a higher ID than our sequences: nothing more can be added to this stream; ' +
  'go on with --entry-id time, or with a new stream'

const NOTICES: Readonly<Record<string, string>> = {
  OutdatedCursor:
    'the cursor is older than what the relay still has; the events between have to be fetched from repos',
  FutureCursor:
    'the cursor is ahead of the relay and nothing comes until that changes; if the relay began anew, run ' +
    'standpipe ingest --on-future-cursor oldest (or live)',
  ConsumerTooSlow: 'the relay hangs up because we read too slowly; it will be asked again from the cursor',
}
