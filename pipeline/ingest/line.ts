import type { Redis } from 'ioredis'
import type { Chronicle } from './chronicle.ts'
import type { IngestCounts } from './counts.ts'
import type { Batcher } from './delivery/batcher.ts'
import type { KnownEvents } from './delivery/known-events.ts'
import type { Place } from './find-place.ts'
import { collectionGroup } from './frames/collection-group.ts'
import { createGapKeeping } from './gaps/gap-keeping.ts'
import { createHandover } from './handover.ts'
import type { IngesterOptions, Tuning } from './ingester-options.ts'
import { createIntake } from './intake.ts'
import type { Source } from './pressure.ts'
import type { Ending } from './relay/connection.ts'
import { ROLLED_BACK, STARTED_OVER } from './relay/subscription.ts'
import type { LineSource } from './sources/line-source.ts'
import { openVetting } from './verify/open-vetting.ts'

/** One relay on its way into the queue, behind a cursor of its own. */
export interface Line extends Source {
  /** Bytes of frames that wait to be vetted. */
  readonly heldBytes: number
  /** `cursor` is what is stored now. */
  onStored(cursor: number | null): void
  /** The queue is empty, and the relay is to be asked again from what is stored. */
  onRolledBack(cursor: number | null): void
  /** Ends intake. */
  stop(): Promise<void>
  /** Tells the system that we stand in for how far we came. */
  handOver(): Promise<void>
}

/** A relay that is to be heard. */
export interface HeardRelay {
  readonly relay: string
  readonly place: Place
  readonly chronicle: Chronicle
  /** A connection ended; another one follows. */
  readonly onEnd: (ending: Ending) => void
}

export interface LineContext {
  readonly redis: Redis
  readonly counts: IngestCounts
  readonly source: LineSource
  readonly queue: Batcher
  /** Which line of the queue this is. */
  readonly at: number
  readonly known: KnownEvents | undefined
  readonly options: IngesterOptions
  readonly tuning: Tuning
  /** Something was queued. */
  readonly onQueued: () => void
  /** The load may have changed. */
  readonly onLoad: () => void
}

/** Throws `UsageError` when the relay's URL makes no sense. */
export function openLine(context: LineContext, { relay, place, chronicle, onEnd }: HeardRelay): Line {
  const { redis, counts, source, queue, at, known, options, tuning, onQueued, onLoad } = context
  let storedUpTo = place.last.seq
  let firstHeard: number | null = null
  let beginAt = options.start === 'oldest' ? 0 : null
  let heldBytes = 0
  counts.cursor = place.last.seq

  const handover = createHandover(redis, place.theirKeys)
  const gaps = createGapKeeping({
    redis,
    place: { stream: options.stream, cursor: place.key },
    relay,
    last: place.last,
    policy: options.onFutureCursor ?? 'wait',
    counts,
    chronicle,
    isSettled: () => queue.tail(at) !== null && queue.tail(at) === storedUpTo,
    onStartedOver(from) {
      vetting.clear()
      // Refused where lines share a queue.
      queue.restartAfter([null])
      beginAt = from
      subscription.restart(STARTED_OVER)
    },
  })
  const intake = createIntake({
    counts,
    queue: { tail: () => queue.tail(at), add: (one) => queue.add(one, at) },
    relay,
    known,
    encode: source.encode,
    groupOf: collectionGroup(options.collections),
    ...chronicle,
    onNotice: gaps.onNotice,
    gapBefore(seq, time) {
      firstHeard ??= seq
      return gaps.before(seq, time)
    },
  })
  const vetting = openVetting(redis, source.verify, options, {
    onVetted(frame, message) {
      intake(frame, message)
      onQueued()
    },
    onHeld(bytes) {
      heldBytes = bytes
      onLoad()
    },
  })
  const subscription = source.hear({
    relay,
    patience: tuning.patience,
    reconnect: tuning.reconnect,
    position: () => queue.tail(at) ?? beginAt,
    onOpen: gaps.onOpen,
    onEnd(ending, retryIn) {
      chronicle.onEnd(ending, retryIn)
      onEnd(ending)
    },
    onFrame(frame, message) {
      vetting.take(frame, message)
      onLoad()
    },
  })

  return {
    get heldBytes() {
      return heldBytes
    },
    pause: () => subscription.pause(),
    resume: () => subscription.resume(),
    onStored(cursor) {
      if (cursor === null || cursor === storedUpTo) return
      storedUpTo = cursor
      counts.cursor = cursor
      handover.note(cursor)
    },
    onRolledBack(cursor) {
      vetting.clear()
      // Nothing of this relay was lost that had been stored: only what was queued is asked for again.
      if (storedUpTo === null) beginAt = firstHeard === null ? beginAt : firstHeard - 1
      else {
        gaps.onRolledBack(cursor)
        beginAt = 0
      }
      storedUpTo = cursor
      subscription.restart(ROLLED_BACK)
    },
    async stop() {
      await subscription.stop()
      vetting.close()
      chronicle.onStopped()
    },
    handOver: () => handover.finish(),
  }
}
