import type { Redis } from 'ioredis'
import { milliseconds, seconds } from '#kernel/time/duration.ts'
import { EVENT_FIELD } from '#pipeline/contract.ts'
import { createLinesAppend } from '#pipeline/ingest/append/append-lines.ts'
import { createBatcher, type QueuedBatch } from '#pipeline/ingest/delivery/batcher.ts'
import { createSend } from '#pipeline/ingest/delivery/create-send.ts'
import { createDelivery, type Refusal } from '#pipeline/ingest/delivery/delivery.ts'

export interface DeliveryPlan {
  readonly redis: Redis
  readonly stream: string
  readonly cursor: string
  /** Entries in the stream at which the append is refused. */
  readonly highWater: number
  /** Handed to Redis, perhaps again; every sequence up to `upTo`. */
  readonly onSent: (upTo: number) => void
  /** Confirmed by Redis. */
  readonly onStored: (upTo: number, bytes: number) => void
  /** Sent without an answer: stored or not, nobody knows. */
  readonly onDoubt: (from: number, upTo: number) => void
  readonly onRefused: (reply: Refusal) => void
  readonly onRolledBack: () => void
}

/** Entries on their way into a stream, by the very delivery that the ingester has. */
export interface LoadDelivery {
  /** Returns the bytes that they are. */
  add(firstSeq: number, values: readonly string[]): number
  drain(): Promise<void>
  stop(): void
}

const BATCH = { maxEntries: 500, maxBytes: 1_048_576, fields: [EVENT_FIELD] }
const LINGER = { entries: milliseconds(4), cursor: seconds(1) }
const RETRY = { base: 50, cap: seconds(1) }
const CALLS_UNDER_WAY = 2

/** Batches, retries and their order are the product's own; only whoever listens is another. */
export function openDelivery(plan: DeliveryPlan): LoadDelivery {
  const batcher = createBatcher(BATCH, [null])
  const append = createLinesAppend(plan.redis, {
    stream: plan.stream,
    cursors: [plan.cursor],
    highWater: plan.highWater,
  })
  const nothingRejected = async () => 0
  const send = createSend(append, nothingRejected, () => {})
  const lastOf = ({ batch }: QueuedBatch) => batch?.commits.at(-1)?.seq ?? null
  const delivery = createDelivery({
    batcher,
    async send(queued) {
      const last = lastOf(queued)
      if (last !== null) plan.onSent(last)
      const reply = await send(queued)
      if (last !== null && reply.outcome === 'no-reply')
        plan.onDoubt(queued.batch?.commits[0]?.seq ?? last, last)
      return reply
    },
    width: CALLS_UNDER_WAY,
    linger: LINGER,
    retry: RETRY,
    onStored(queued) {
      const last = lastOf(queued)
      if (last !== null) plan.onStored(last, queued.bytes)
    },
    onRefused: plan.onRefused,
    onRolledBack: plan.onRolledBack,
  })
  return {
    add(firstSeq, values) {
      let bytes = 0
      for (const [place, value] of values.entries()) {
        bytes += batcher.add({ seq: firstSeq + place, time: '', values: [value], rejected: null })
      }
      delivery.nudge()
      return bytes
    },
    drain: () => delivery.drain(),
    stop: () => delivery.stop(),
  }
}
