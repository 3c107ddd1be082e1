import type { Redis } from 'ioredis'
import type { MetricsSource } from '#kernel/http/serve.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import type { ReadinessProbe } from '#pipeline/serve/readiness.ts'
import { chooseAppend } from './choose-append.ts'
import { createChronicle } from './chronicle.ts'
import { type IngestCounts, newCounts } from './counts.ts'
import { createBatcher } from './delivery/batcher.ts'
import { createSend } from './delivery/create-send.ts'
import { createDelivery } from './delivery/delivery.ts'
import { createKeepRejected } from './delivery/keep-rejected.ts'
import { exposeCounts } from './expose-counts.ts'
import { findPlace, type Place } from './find-place.ts'
import { collectionFilter } from './frames/collection-filter.ts'
import { readFrame } from './frames/read-frame.ts'
import { createGapKeeping } from './gaps/gap-keeping.ts'
import { createHandover } from './handover.ts'
import { type IngesterOptions, TUNING } from './ingester-options.ts'
import { createIntake } from './intake.ts'
import { createPressure } from './pressure.ts'
import { refuseEviction } from './refuse-eviction.ts'
import { ROLLED_BACK, STARTED_OVER, subscribe } from './relay/subscription.ts'
import { openVetting } from './verify/open-vetting.ts'

const LINGER = { entries: 4, cursor: seconds(1) }
const BATCH_BYTES = 1_048_576
const CALLS_UNDER_WAY = 2

/** A running ingester: relay → events → append. Disposing of it stops it in order. */
export interface Ingester extends AsyncDisposable {
  readonly counts: Readonly<IngestCounts>
  readonly metrics: MetricsSource
  readonly probes: readonly ReadinessProbe[]
  /** Stops intake, stores what is queued, lets go of relay and Redis. */
  stop(): Promise<void>
  /** Resolves once it has stopped. */
  readonly done: Promise<void>
}

/**
 * Subscribes to the relay after the stored cursor and appends what it sends, for ever: whatever breaks is
 * waited for. Throws `DependencyError` when Redis cannot be reached at first, `UsageError` when the relay's URL
 * makes no sense, when a stored cursor is none, or when Redis may evict the stream.
 */
export async function startIngester(options: IngesterOptions): Promise<Ingester> {
  const redis = await connectRedis(options.redisUrl, { name: 'standpipe-ingest' })
  try {
    const policy = await refuseEviction(redis, options.stream)
    if (policy === null)
      options.log.warn('Redis does not say its maxmemory-policy; make sure it is noeviction')
    return ingest(redis, await findPlace(redis, options), options)
  } catch (error) {
    redis.disconnect()
    throw error
  }
}

function ingest(redis: Redis, { key, theirKey, last, openGaps }: Place, options: IngesterOptions): Ingester {
  const { relay, stream, dialect = divy, log } = options
  const tuning = { ...TUNING, ...options.tuning }
  const counts = newCounts()
  counts.cursor = last.seq
  counts.openGaps = openGaps
  const chronicle = createChronicle(log, counts)
  let beginAt = options.start === 'oldest' ? 0 : null

  const batcher = createBatcher(
    { maxEntries: options.batchEntries, maxBytes: BATCH_BYTES, fields: dialect.fields },
    last.seq,
  )
  const append = chooseAppend(redis, key, options, (entries) => {
    counts.lossyTrimmed += entries
  })
  const handover = createHandover(redis, theirKey)
  const keepRejected = createKeepRejected(redis, stream, relay, tuning.keptFrames)
  const delivery = createDelivery({
    batcher,
    send: createSend(append, keepRejected, chronicle.onUnkept),
    width: CALLS_UNDER_WAY,
    linger: LINGER,
    retry: tuning.retry,
    onStored(queued, reply) {
      chronicle.onStored(queued, reply)
      if (reply.outcome === 'appended') handover.note(reply.cursor)
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
  const isWanted = collectionFilter(options.collections)
  const gaps = createGapKeeping({
    redis,
    place: { stream, cursor: key },
    relay,
    last,
    policy: options.onFutureCursor ?? 'wait',
    counts,
    chronicle,
    isSettled: () => batcher.tail !== null && batcher.tail === counts.cursor,
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
    encode: (texts) => dialect.encode(texts, systemClock.now()),
    ...chronicle,
    onNotice: gaps.onNotice,
    gapBefore: gaps.before,
  })
  const verify = options.verify ?? 'cid'
  const vetting = openVetting(redis, verify, options, {
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
    patience: tuning.patience,
    reconnect: tuning.reconnect,
    position: () => batcher.tail ?? beginAt,
    onOpen: gaps.onOpen,
    onEnd: chronicle.onEnd,
    onMessage(message) {
      vetting.take(readFrame(message, isWanted, verify !== 'none'), message)
      pressure.settle()
    },
  })
  const load = () => ({ bytes: counts.bytesInFlight + heldBytes, isRefused: delivery.isRefused })
  const pressure = createPressure(subscription, options.inFlightBytes, load, (milliseconds) => {
    counts.backpressureMs += milliseconds
  })

  const stop = async () => {
    await subscription.stop()
    vetting.close()
    counts.connected = 0
    const patience = new AbortController()
    const late = systemClock.sleep(tuning.drainWithin, patience.signal).catch(() => {})
    await Promise.race([delivery.drain(), late])
    patience.abort()
    delivery.stop()
    await handover.finish()
    redis.disconnect()
    log.info(
      { cursor: counts.cursor, leftBytes: counts.bytesInFlight },
      'stopped; what is not stored will be asked of the relay again',
    )
  }
  const done = Promise.withResolvers<void>()
  let isStopping = false
  const stopOnce = () => {
    if (!isStopping) void stop().then(done.resolve, done.reject)
    isStopping = true
    return done.promise
  }
  return {
    counts,
    metrics: exposeCounts(counts, stream),
    probes: [
      { name: 'relay', check: () => (counts.connected ? null : 'not connected') },
      { name: 'redis', check: () => (redis.status === 'ready' ? null : redis.status) },
      { name: 'cursor', check: () => (counts.cursorAhead ? 'the relay says that it is ahead of it' : null) },
      { name: 'append', check: () => (delivery.isRefused ? 'Redis takes no more at the moment' : null) },
    ],
    done: done.promise,
    stop: stopOnce,
    [Symbol.asyncDispose]: stopOnce,
  }
}
