import type { Redis } from 'ioredis'
import { seconds } from '#kernel/time/duration.ts'
import { chooseAppend } from './choose-append.ts'
import type { Chronicle } from './chronicle.ts'
import type { IngestCounts } from './counts.ts'
import { createBatcher } from './delivery/batcher.ts'
import { createSend } from './delivery/create-send.ts'
import { createDelivery } from './delivery/delivery.ts'
import { createKeepRejected } from './delivery/keep-rejected.ts'
import type { KnownEvents } from './delivery/known-events.ts'
import { type IngesterOptions, TUNING } from './ingester-options.ts'
import { type HeardRelay, type Line, openLine } from './line.ts'
import { leaveReserve } from './memory/leave-reserve.ts'
import type { MemoryWatch } from './memory/watch-memory.ts'
import { createPressure } from './pressure.ts'
import type { LineSource } from './sources/line-source.ts'

const LINGER = { entries: 4, cursor: seconds(1) }
const BATCH_BYTES = 1_048_576
const CALLS_UNDER_WAY = 2

/** One or more relays on their way into the stream: each a line with a cursor of its own, all through one queue. */
export interface Lines {
  readonly isRefused: boolean
  /** Stops intake, and stores what is queued. */
  stop(): Promise<void>
}

/** What lines share with whoever started them. */
export interface LinesContext {
  readonly redis: Redis
  readonly counts: IngestCounts
  readonly memory: Pick<MemoryWatch, 'room'>
  readonly source: LineSource
  /** Of what becomes of the queue. */
  readonly chronicle: Chronicle
  /** What was queued before, whoever said it; absent where only one relay says anything. */
  readonly known?: KnownEvents
}

/**
 * Throws `UsageError` when a relay's URL makes no sense. What one line says may stand for what another one repeats,
 * as the queue is one: a batch is stored only where everything before it is.
 */
export function startLines(
  { redis, counts, memory, source, chronicle, known }: LinesContext,
  relays: readonly HeardRelay[],
  options: IngesterOptions,
): Lines {
  const tuning = { ...TUNING, ...options.tuning }
  const { clock } = tuning
  const lines: Line[] = []
  const queue = createBatcher(
    { maxEntries: options.batchEntries, maxBytes: BATCH_BYTES, fields: source.fields },
    relays.map(({ place }) => place.last.seq),
  )
  const append = chooseAppend(
    redis,
    relays.map(({ place }) => place.key),
    options,
    (entries) => {
      counts.lossyTrimmed += entries
    },
  )
  const keepRejected = createKeepRejected(redis, options.stream, tuning.keptFrames)
  const delivery = createDelivery({
    batcher: queue,
    send: leaveReserve(createSend(append, keepRejected, chronicle.onUnkept), memory),
    width: CALLS_UNDER_WAY,
    linger: LINGER,
    retry: tuning.retry,
    clock,
    onStored(queued, reply) {
      chronicle.onStored(queued, reply)
      if (reply.outcome === 'appended') {
        for (const [at, line] of lines.entries()) line.onStored(reply.cursors[at] ?? null)
      }
      pressure.settle()
    },
    onRefused(reply) {
      chronicle.onRefused(reply)
      pressure.settle()
    },
    onRolledBack(cursors, bytes) {
      known?.clear()
      chronicle.onRolledBack(cursors, bytes)
      for (const [at, line] of lines.entries()) line.onRolledBack(cursors[at] ?? null)
      pressure.settle()
    },
  })
  const pressure = createPressure({
    source: {
      pause: () => lines.forEach((line) => line.pause()),
      resume: () => lines.forEach((line) => line.resume()),
    },
    limit: options.inFlightBytes,
    load: () => ({
      bytes: lines.reduce((sum, { heldBytes }) => sum + heldBytes, counts.bytesInFlight),
      isRefused: delivery.isRefused,
    }),
    clock,
    onHeld(milliseconds) {
      counts.backpressureMs += milliseconds
    },
  })
  const shared = { redis, counts, source, queue, known, options, tuning }
  const hooks = { onQueued: () => delivery.nudge(), onLoad: () => pressure.settle() }
  for (const [at, relay] of relays.entries()) lines.push(openLine({ ...shared, ...hooks, at }, relay))

  return {
    get isRefused() {
      return delivery.isRefused
    },
    async stop() {
      await Promise.all(lines.map((line) => line.stop()))
      const patience = new AbortController()
      const late = clock.sleep(tuning.drainWithin, patience.signal).catch(() => {})
      await Promise.race([delivery.drain(), late])
      patience.abort()
      delivery.stop()
      await Promise.all(lines.map((line) => line.handOver()))
    },
  }
}
