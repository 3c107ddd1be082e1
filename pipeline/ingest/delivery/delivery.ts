import { type Backoff, backoffMs } from '#kernel/time/backoff.ts'
import { type Clock, systemClock } from '#kernel/time/clock.ts'
import { startTimer } from '#kernel/time/start-timer.ts'
import type { Cursors, LinesReply } from '#pipeline/ingest/append/lines-reply.ts'
import type { MemoryRoom } from '#pipeline/ingest/memory/judge-memory.ts'
import type { Batcher, QueuedBatch } from './batcher.ts'

/** A reply of the append, or why there is none: then nobody knows what became of the batch. */
export type SendReply =
  | LinesReply
  | { readonly outcome: 'nothing-to-store' }
  | ({ readonly outcome: 'memory-reserve' } & MemoryRoom)
  | { readonly outcome: 'no-reply'; readonly says: string }

export type Stored = Extract<SendReply, { outcome: 'appended' | 'nothing-to-store' }>

export type Refusal = Exclude<SendReply, Stored>

export interface DeliveryOptions {
  readonly batcher: Batcher
  /** Never rejects. */
  readonly send: (queued: QueuedBatch) => Promise<SendReply>
  /** Calls under way at once while all goes well; after a refusal one at a time. */
  readonly width: number
  /** Milliseconds that entries may wait for company, and that a mere cursor may. */
  readonly linger: { readonly entries: number; readonly cursor: number }
  readonly retry: Backoff
  readonly onStored: (queued: QueuedBatch, reply: Stored) => void
  readonly onRefused: (reply: Refusal) => void
  /** Redis forgot what it had confirmed; the queue held so many bytes, is empty now and begins after `cursors`. */
  readonly onRolledBack: (cursors: Cursors, bytes: number) => void
  /** Absent is the system's. */
  readonly clock?: Clock
}

/** Sends what the batcher holds, in order, each batch until it is stored. */
export interface Delivery {
  /** True from a refusal until the refused batch is stored. */
  readonly isRefused: boolean
  /** To be called whenever something was added. */
  nudge(): void
  /** Sends all that waits without lingering; resolves when nothing does. */
  drain(): Promise<void>
  /** Stops trying. What waits is not stored, and the cursor says so. */
  stop(): void
}

interface Flight {
  readonly queued: QueuedBatch
  /** Nothing was under way before it: a missing predecessor is missing for good. */
  readonly isFirst: boolean
  reply: SendReply | null
}

export function createDelivery(options: DeliveryOptions): Delivery {
  const { batcher, send, width, linger, clock = systemClock } = options
  const drained = Promise.withResolvers<void>()
  const flights: Flight[] = []
  let refusals = 0
  let isDraining = false
  let isDue = false
  let isStopped = false
  let lingering: { for: 'entries' | 'cursor'; cancel: () => void } | null = null
  let retrying: (() => void) | null = null

  const launch = (queued: QueuedBatch) => {
    const flight: Flight = { queued, isFirst: flights.length === 0, reply: null }
    flights.push(flight)
    void send(queued).then((reply) => {
      flight.reply = reply
      settle()
    })
  }

  const nextToLaunch = () => {
    const hasRoom = flights.length < (refusals > 0 ? 1 : width)
    return hasRoom ? batcher.next(isDue || isDraining) : null
  }

  const pump = () => {
    if (isStopped || retrying) return
    for (let queued = nextToLaunch(); queued; queued = nextToLaunch()) launch(queued)
    if (batcher.waiting === null) {
      isDue = false
      if (isDraining && flights.length === 0) drained.resolve()
    }
    wait()
  }

  const wait = () => {
    const what = batcher.waiting
    if (what === null || isDue || isStopped || lingering?.for === 'entries' || lingering?.for === what) return
    lingering?.cancel()
    const cancel = startTimer(clock, linger[what], () => {
      lingering = null
      isDue = true
      pump()
    })
    lingering = { for: what, cancel }
  }

  const settle = () => {
    for (let head = flights[0]; head?.reply; head = flights[0]) {
      if (!isStored(head.reply)) return refuse(head.reply, head.isFirst)
      flights.shift()
      refusals = 0
      options.onStored(head.queued, head.reply)
    }
    pump()
  }

  /** Waits for the calls behind the refused one: they were refused as well, or say so when asked again. */
  const refuse = (reply: Refusal, isFirst: boolean) => {
    if (isStopped || flights.some((flight) => flight.reply === null)) return
    batcher.putBack(flights.splice(0).map(({ queued }) => queued))
    refusals++
    options.onRefused(reply)
    if (reply.outcome === 'predecessor-missing' && isFirst) return rollBack(reply.cursors)
    retrying = startTimer(clock, backoffMs(refusals, options.retry, Math.random()), () => {
      retrying = null
      pump()
    })
  }

  const rollBack = (cursors: Cursors) => {
    const bytes = batcher.restartAfter(cursors)
    refusals = 0
    options.onRolledBack(cursors, bytes)
    pump()
  }

  return {
    get isRefused() {
      return refusals > 0
    },
    nudge() {
      if (batcher.hasFull) pump()
      else wait()
    },
    drain() {
      isDraining = true
      pump()
      return drained.promise
    },
    stop() {
      isStopped = true
      lingering?.cancel()
      retrying?.()
    },
  }
}

function isStored(reply: SendReply): reply is Stored {
  return reply.outcome === 'appended' || reply.outcome === 'nothing-to-store'
}
