import type { Gap } from '#pipeline/contract.ts'
import { hostOf } from '#pipeline/dialects/host-of.ts'
import { countOne, type IngestCounts, NOTICE_NAMES, type NoticeName } from './counts.ts'
import type { Intake } from './delivery/batcher.ts'
import type { KnownEvents } from './delivery/known-events.ts'
import type { EventText, Frame, Notice, SequencedFrame } from './frames/frame.ts'
import { nameOfEvent } from './frames/name-of-event.ts'
import type { RejectReason } from './frames/reject-reason.ts'

export interface IntakeOptions {
  readonly counts: IngestCounts
  /** Where the frames of this relay wait. */
  readonly queue: { tail(): number | null; add(intake: Intake): number }
  readonly relay: string
  /** Events that are queued or stored already, whoever said them; absent where nobody else says them. */
  readonly known: KnownEvents | undefined
  /** The values of the entries that the events of one frame become; may throw for records nested too deep. */
  readonly encode: (texts: readonly string[], seq: number) => readonly string[]
  /** Under which of the wanted collections a record is counted. */
  readonly groupOf: (collection: string) => string
  /** Told of every sequence, in the order of the relay; what may be missing before it, else `null`. */
  gapBefore(seq: number, time: string): Gap | null
  onNotice(notice: Notice): void
  /** The sequence is not beyond what is queued or stored. */
  onRepeated(seq: number): void
  onTooBig(frame: SequencedFrame): void
  onRejected(reason: RejectReason, seq: number | null): void
  onUnknown(type: string): void
}

/** Takes one frame of the relay: count, queue. Nothing here waits, and nothing is made per event. */
export function createIntake(options: IntakeOptions): (frame: Frame, message: Buffer) => void {
  const { counts, queue, relay, known, encode } = options

  const host = hostOf(relay)
  const groupsOf = (events: readonly EventText[]) =>
    events.flatMap(({ collection }) => (collection === undefined ? [] : options.groupOf(collection)))

  const reject = (reason: RejectReason, seq: number | null, message: Buffer) => {
    counts.rejectedFrames[reason]++
    options.onRejected(reason, seq)
    return { reason, seq, frame: Buffer.from(message), relay }
  }

  const encodeEvents = (events: readonly EventText[], seq: number) => {
    try {
      return encode(
        events.map(({ text }) => text),
        seq,
      )
    } catch {
      return null
    }
  }

  const takeSequenced = (frame: SequencedFrame, message: Buffer) => {
    const { seq, time } = frame
    const gap = options.gapBefore(seq, time)
    const tail = queue.tail()
    if (tail !== null && seq <= tail) {
      counts.skippedCommits++
      return options.onRepeated(seq)
    }
    const name = known ? nameOfEvent(frame) : null
    if (name !== null && known?.has(name)) {
      countOne(counts.duplicates, host)
      queue.add({ seq, time, values: [], rejected: null, gap })
    } else if (add(frame, message, gap) && name !== null) known?.add(name)
  }

  /** Says whether all of it became entries. */
  const add = (frame: SequencedFrame, message: Buffer, gap: Gap | null): boolean => {
    const { seq, time, events, rejected } = frame
    for (const { action } of events) counts.events[action]++
    counts.filteredOps += frame.filteredOps
    if (frame.tooBig) {
      counts.tooBigCommits++
      options.onTooBig(frame)
    }
    const values = encodeEvents(events, seq)
    const reason = values === null ? 'undecodable-record' : rejected
    counts.bytesInFlight += queue.add({
      seq,
      time,
      values: values ?? [],
      groups: groupsOf(events),
      rejected: reason && reject(reason, seq, message),
      gap,
    })
    return reason === null
  }

  return (frame, message) => {
    counts.frames[frame.kind]++
    switch (frame.kind) {
      case 'commit':
      case 'identity':
      case 'account':
      case 'sync':
      case 'labels':
        return takeSequenced(frame, message)
      case 'unreadable': {
        const rejected = reject(frame.rejected, null, message)
        counts.bytesInFlight += queue.add({ seq: null, time: '', values: [], rejected })
        return
      }
      case 'unknown':
        return options.onUnknown(frame.type)
      case 'info':
      case 'error':
        counts.notices[noticeName(frame.name)]++
        return options.onNotice(frame)
    }
  }
}

function noticeName(name: string): NoticeName {
  return NOTICE_NAMES.find((known) => known === name) ?? 'other'
}
