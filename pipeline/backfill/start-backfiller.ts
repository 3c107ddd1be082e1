import type { Redis } from 'ioredis'
import type { Registry } from 'prom-client'
import type { ReadinessProbe } from '#kernel/http/readiness.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { repairStream } from '#pipeline/contract.ts'
import { divy } from '#pipeline/dialects/divy/divy.ts'
import { refuseEviction } from '#pipeline/ingest/refuse-eviction.ts'
import { createSparseLog } from '#pipeline/ingest/sparse-log.ts'
import { trimLoop } from '#pipeline/trim/trim-loop.ts'
import { backfillMeter, backfillMetrics } from './backfill-meter.ts'
import { BACKFILL_TUNING, type BackfillerOptions } from './backfiller-options.ts'
import { carLimits } from './car/car-limits.ts'
import { createGetter } from './fetch/getter.ts'
import { ANY_HOST, NAMED_HOST, PUBLIC_HOSTS } from './fetch/host-policy.ts'
import { identityCache } from './identity/identity-cache.ts'
import { createResolver } from './identity/resolve-identity.ts'
import { createOutput } from './output.ts'
import { politely } from './polite/ask.ts'
import { createByteBudget } from './polite/byte-budget.ts'
import { createHostGates } from './polite/host-gates.ts'
import { createTurnstile } from './polite/turnstile.ts'
import { createAttempt } from './repo/attempt-repo.ts'
import { createSettle } from './repo/settle-repo.ts'
import { takeRepos } from './take-repos.ts'

/** A running backfiller: repos, listed and to be repaired → their hosts → events. Disposing of it stops it in order. */
export interface Backfiller extends AsyncDisposable {
  readonly registry: Registry
  readonly probes: readonly ReadinessProbe[]
  /** Begins nothing new, finishes what is under way or leaves it pending, lets go of everything. */
  stop(): Promise<void>
  /** Resolves once it has stopped; rejects when it could not go on. */
  readonly done: Promise<void>
}

/**
 * Fetches repos from the hosts of their accounts, for ever: whatever breaks is waited for, tried again, or becomes
 * a dead letter. Throws `DependencyError` when Redis cannot be reached at first, `UsageError` when it may evict the
 * streams.
 */
export async function startBackfiller(options: BackfillerOptions): Promise<Backfiller> {
  const { redisUrl, repoStream, repoGroup, backfiller, log } = options
  await using opening = new AsyncDisposableStack()
  const connect = async (blocking: boolean) =>
    opening.adopt(await connectRedis(redisUrl, { name: `backfill:${backfiller}`, blocking }), (client) =>
      client.disconnect(),
    )
  const redis = await connect(false)
  await refuseEviction(redis, options.backfillStream)

  const tuning = { ...BACKFILL_TUNING, ...options.tuning }
  const { patience, headersWithin } = tuning
  const closing = new AbortController()
  const halting = new AbortController()
  const tell = createSparseLog(log, seconds(5))
  const budget = createByteBudget(options.carMemory)
  const labels = { stream: repoStream, group: repoGroup }
  const metrics = backfillMetrics(labels, () => budget.held)
  const meter = backfillMeter(labels, metrics)
  const output = createOutput({
    redis,
    stream: options.backfillStream,
    dialect: options.dialect ?? divy,
    highWater: options.highWater,
    meter,
    onRefused: (error) =>
      tell('warn', 'output', { error: error.message }, 'cannot store events; trying again'),
  })

  const room = createTurnstile({ width: options.repoConcurrency, spacing: 0 })
  const gates = createHostGates(
    { width: options.hostConcurrency, spacing: options.hostSpacing },
    // The directory is asked for every repo of every host.
    { [new URL(options.plcUrl).host]: { width: options.repoConcurrency, spacing: 0 } },
  )
  const policy = options.allowPrivateHosts ? ANY_HOST : PUBLIC_HOSTS
  const named = opening.use(createGetter({ policy: NAMED_HOST, headersWithin }))
  const strangers = opening.use(createGetter({ policy, headersWithin }))
  const polite = { gates, closing: closing.signal }
  const resolve = createResolver({
    plcUrl: options.plcUrl,
    cache: identityCache(redis, (error) => {
      meter.count('redisErrors')
      tell('warn', 'cache', { error: error.message }, 'cannot remember identities')
    }),
    askDirectory: politely({ ...polite, getter: named }),
    askHost: politely({ ...polite, getter: strangers }),
    patience,
    onResolved: (source) => meter.countIdentity(source),
  })
  const ask = politely({ ...polite, getter: strangers, room })

  /** What is to be done about one stream of repos until we are told to stop. */
  const workOff = async (stream: string, blocking: Redis) => {
    const membership = { stream, group: repoGroup, consumer: backfiller }
    const ofStream = stream === repoStream ? meter : backfillMeter({ stream, group: repoGroup }, metrics)
    const attempt = createAttempt({
      ask,
      limits: carLimits(options.carBytes, tuning.blocks, options.recordBytes),
      patience,
      verification: options.verifyRepos,
      collections: options.collections,
      batchEntries: options.batchEntries,
      budget,
      output,
      meter: ofStream,
    })
    const settle = createSettle({
      membership,
      redis,
      resolve,
      attempt,
      output,
      attempts: options.fetchAttempts,
      retry: tuning.retry,
      meter: ofStream,
      log,
      closing: closing.signal,
      halt: halting.signal,
    })
    const taking = {
      membership,
      redis,
      blocking,
      settle,
      readCount: options.repoConcurrency,
      claimIdle: seconds(options.claimIdle),
      drainWithin: tuning.drainWithin,
      meter: ofStream,
      log,
    }
    const trimming = {
      redis,
      stream,
      trim: options.trim,
      onGroups: () => {},
      onTrimmed: (entries: number) => ofStream.countTrimmed(entries),
      onError: (error: Error) =>
        tell('warn', 'trim', { error: error.message }, 'cannot trim repos; trying again'),
    }
    const halt = () => halting.abort(new Error('stopped before the repo was stored'))
    await Promise.all([takeRepos(taking, closing.signal, halt), trimLoop(trimming, closing.signal)])
  }

  // Side by side: a repair waits for the repos in hand, and never for the rest of a listing.
  const streams = [repairStream(repoStream), repoStream]
  const blocking = await Promise.all(streams.map(() => connect(true)))
  const open = opening.move()
  const run = async () => {
    await using _open = open
    await Promise.all(streams.map((stream, index) => workOff(stream, blocking[index] as Redis)))
    log.info('stopped; repos that are not stored stay pending')
  }
  const done = run()
  const stop = () => {
    closing.abort(new Error('the backfiller is stopping'))
    return done
  }
  return {
    registry: metrics.registry,
    probes: [
      { name: 'redis', check: () => redis.ping().then(() => null) },
      { name: 'output', check: () => output.trouble },
    ],
    done,
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
