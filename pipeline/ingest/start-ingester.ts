import type { ReadinessProbe } from '#kernel/http/readiness.ts'
import type { MetricsSource } from '#kernel/http/serve.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { refuseScatteredKeys } from '#kernel/redis/refuse-scattered-keys.ts'
import { seconds } from '#kernel/time/duration.ts'
import { cursorKey, gapStream } from '#pipeline/contract.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import { type IngestCounts, newCounts } from './counts.ts'
import { exposeCounts } from './expose-counts.ts'
import { withOpenGaps } from './gaps/with-open-gaps.ts'
import { handedOverKey } from './handover.ts'
import type { IngesterOptions } from './ingester-options.ts'
import { type MemoryWatch, watchMemory } from './memory/watch-memory.ts'
import { refuseContradictions } from './refuse-contradictions.ts'
import { refuseEviction } from './refuse-eviction.ts'
import { refuseMissingRights } from './refuse-missing-rights.ts'
import { startFailover } from './relays/start-failover.ts'
import { startLabelers } from './relays/start-labelers.ts'
import { startMerged } from './relays/start-merged.ts'

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
 * makes no sense, when a stored cursor is none, when Redis may evict the stream, or when we may not write to it.
 */
export async function startIngester(options: IngesterOptions): Promise<Ingester> {
  const { stream, log } = options
  const redis = await connectRedis(options.redisUrl, { name: 'standpipe-ingest' })
  const counts = newCounts()
  let memory: MemoryWatch | null = null
  try {
    const policy = await refuseEviction(redis, stream)
    if (policy === null) log.warn('Redis does not say its maxmemory-policy; make sure it is noeviction')
    const hosts = (options.labels ?? options.relay).split(',').map((host) => host.trim())
    refuseContradictions(hosts, options)
    await refuseScatteredKeys(redis, stream, keysBeside(hosts, options))
    await refuseMissingRights(
      redis,
      stream,
      hosts.map((host) => cursorKey(stream, host)),
    )
    counts.openGaps = await redis.xlen(gapStream(stream))
    memory = await watchMemory(redis, { reserve: options.memoryReserve ?? 5, every: seconds(1) })
    const heard = await chooseStart(options)({ redis, counts, memory }, hosts, options)
    const stop = async () => {
      await heard.stop()
      await memory?.stop()
      redis.disconnect()
      log.info(
        { cursor: counts.cursor, leftBytes: counts.bytesInFlight },
        'stopped; what is not stored will be asked of the relay again',
      )
    }
    return {
      counts,
      metrics: withOpenGaps(exposeCounts(counts, stream), counts, { redis, stream }),
      probes: [
        { name: 'relay', check: () => (counts.connected >= heard.expected ? null : 'not connected') },
        { name: 'redis', check: () => (redis.status === 'ready' ? null : redis.status) },
        {
          name: 'cursor',
          check: () => (counts.cursorAhead ? 'the relay says that it is ahead of it' : null),
        },
        { name: 'append', check: () => (heard.isRefused ? 'Redis takes no more at the moment' : null) },
      ],
      ...stoppedOnce(stop),
    }
  } catch (error) {
    await memory?.stop()
    redis.disconnect()
    throw error
  }
}

/** Every key that is written together with the stream. */
function keysBeside(hosts: readonly string[], options: IngesterOptions): readonly string[] {
  const { stream, dialect = divy, cursorKey: named } = options
  const theirs = named ? [named] : hosts.flatMap((host) => dialect.cursorKeys(stream, host))
  return [
    ...hosts.map((host) => cursorKey(stream, host)),
    gapStream(stream),
    ...theirs.flatMap((key) => [key, handedOverKey(key)]),
  ]
}

function chooseStart({ labels, relayMode }: IngesterOptions) {
  if (labels !== undefined) return startLabelers
  return relayMode === 'merge' ? startMerged : startFailover
}

function stoppedOnce(
  stop: () => Promise<void>,
): Pick<Ingester, 'done' | 'stop' | typeof Symbol.asyncDispose> {
  const done = Promise.withResolvers<void>()
  let isStopping = false
  const once = () => {
    if (!isStopping) void stop().then(done.resolve, done.reject)
    isStopping = true
    return done.promise
  }
  return { done: done.promise, stop: once, [Symbol.asyncDispose]: once }
}
