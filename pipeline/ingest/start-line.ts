import type { Redis } from 'ioredis'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { chooseAppend } from './choose-append.ts'
import type { Chronicle } from './chronicle.ts'
import type { IngestCounts } from './counts.ts'
import { createBatcher } from './delivery/batcher.ts'
import { createSend } from './delivery/create-send.ts'
import { createDelivery } from './delivery/delivery.ts'
import { createKeepRejected } from './delivery/keep-rejected.ts'
import type { Place } from './find-place.ts'
import { collectionGroup } from './frames/collection-group.ts'
import { createGapKeeping } from './gaps/gap-keeping.ts'
import { createHandover } from './handover.ts'
import { type IngesterOptions, TUNING } from './ingester-options.ts'
import { createIntake } from './intake.ts'
import { leaveReserve } from './memory/leave-reserve.ts'
import type { MemoryWatch } from './memory/watch-memory.ts'
import { createPressure } from './pressure.ts'
import type { Ending } from './relay/connection.ts'
import { ROLLED_BACK, STARTED_OVER, subscribe } from './relay/subscription.ts'
import type { LineSource } from './sources/line-source.ts'
import { openVetting } from './verify/open-vetting.ts'

const LINGER = { entries: 4, cursor: seconds(1) }
const BATCH_BYTES = 1_048_576
const CALLS_UNDER_WAY = 2

/** One relay on its way into the stream, with a cursor of its own. */
export interface Line {
  readonly relay: string
  readonly isRefused: boolean
  /** Stops intake, and stores what is queued. */
  stop(): Promise<void>
}

/** What a line shares with whoever started it. */
export interface LineContext {
  readonly redis: Redis
  readonly counts: IngestCounts
  readonly memory: Pick<MemoryWatch, 'room'>
  readonly source: LineSource
  readonly chronicle: Chronicle
  /** A connection ended; another one follows. */
  readonly onEnd: (ending: Ending) => void
}

/** Throws `UsageError` when the relay's URL makes no sense. `options.relay` is one relay. */
export function startLine(
  { redis, counts, memory, source, chronicle, onEnd }: LineContext,
  { key, theirKeys, last }: Place,
  options: IngesterOptions,
): Line {
  const { relay, stream } = options
  const tuning = { ...TUNING, ...options.tuning }
  counts.cursor = last.seq
  let storedUpTo = last.seq
  let beginAt = options.start === 'oldest' ? 0 : null

  const batcher = createBatcher(
    { maxEntries: options.batchEntries, maxBytes: BATCH_BYTES, fields: source.fields },
    last.seq,
  )
  const append = chooseAppend(redis, key, options, (entries) => {
    counts.lossyTrimmed += entries
  })
  const handover = createHandover(redis, theirKeys)
  const keepRejected = createKeepRejected(redis, stream, relay, tuning.keptFrames)
  const delivery = createDelivery({
    batcher,
    send: leaveReserve(createSend(append, keepRejected, chronicle.onUnkept), memory),
    width: CALLS_UNDER_WAY,
    linger: LINGER,
    retry: tuning.retry,
    onStored(queued, reply) {
      chronicle.onStored(queued, reply)
      if (reply.outcome === 'appended') {
        storedUpTo = reply.cursor
        handover.note(reply.cursor)
      }
      pressure.settle()
    },
    onRefused(reply) {
      chronicle.onRefused(reply)
      pressure.settle()
    },
    onRolledBack(cursor) {
      vetting.clear()
      chronicle.onRolledBack(cursor)
      gaps.onRolledBack(cursor)
      beginAt = 0
      subscription.restart(ROLLED_BACK)
      pressure.settle()
    },
  })
  const gaps = createGapKeeping({
    redis,
    place: { stream, cursor: key },
    relay,
    last,
    policy: options.onFutureCursor ?? 'wait',
    counts,
    chronicle,
    isSettled: () => batcher.tail !== null && batcher.tail === storedUpTo,
    onStartedOver(from) {
      vetting.clear()
      batcher.restartAfter(null)
      beginAt = from
      subscription.restart(STARTED_OVER)
    },
  })
  const intake = createIntake({
    counts,
    batcher,
    encode: source.encode,
    groupOf: collectionGroup(options.collections),
    ...chronicle,
    onNotice: gaps.onNotice,
    gapBefore: gaps.before,
  })
  const vetting = openVetting(redis, source.verify, options, {
    onVetted(frame, message) {
      intake(frame, message)
      delivery.nudge()
    },
    onHeld(bytes) {
      heldBytes = bytes
      pressure.settle()
    },
  })
  let heldBytes = 0
  const subscription = subscribe({
    relay,
    method: source.method,
    patience: tuning.patience,
    reconnect: tuning.reconnect,
    position: () => batcher.tail ?? beginAt,
    onOpen: gaps.onOpen,
    onEnd(ending, retryIn) {
      chronicle.onEnd(ending, retryIn)
      onEnd(ending)
    },
    onMessage(message) {
      vetting.take(source.read(message), message)
      pressure.settle()
    },
  })
  const load = () => ({ bytes: counts.bytesInFlight + heldBytes, isRefused: delivery.isRefused })
  const pressure = createPressure(subscription, options.inFlightBytes, load, (milliseconds) => {
    counts.backpressureMs += milliseconds
  })

  return {
    relay,
    get isRefused() {
      return delivery.isRefused
    },
    async stop() {
      await subscription.stop()
      vetting.close()
      chronicle.onStopped()
      const patience = new AbortController()
      const late = systemClock.sleep(tuning.drainWithin, patience.signal).catch(() => {})
      await Promise.race([delivery.drain(), late])
      patience.abort()
      delivery.stop()
      await handover.finish()
    },
  }
}
