import { serve } from '#kernel/http/serve.ts'
import { createLog, type LogOptions } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { refuseScatteredKeys } from '#kernel/redis/refuse-scattered-keys.ts'
import { seconds } from '#kernel/time/duration.ts'
import { createGetter } from '#pipeline/backfill/fetch/getter.ts'
import { NAMED_HOST } from '#pipeline/backfill/fetch/host-policy.ts'
import { PATIENCE } from '#pipeline/backfill/fetch/read-body.ts'
import { keepRepairing } from '#pipeline/backfill/repair/keep-repairing.ts'
import type { RepairTuning } from '#pipeline/backfill/repair/repair-gaps.ts'
import { cursorKey, listingTailKey } from '#pipeline/contract.ts'
import { refuseEviction } from '#pipeline/ingest/refuse-eviction.ts'
import { pageFetcher } from './fetch-page.ts'
import { type ListingTuning, listRepos } from './list-repos.ts'
import { listReposMeter } from './list-repos-meter.ts'
import { relayOrigin } from './relay-origin.ts'

export interface IngestReposOptions {
  /** The relay to ask, as it is named for its firehose or by http: `wss://bsky.network`. */
  readonly relay: string
  readonly redisUrl: string
  readonly repoStream: string
  /** Entries in a stream of repos at which pages wait. */
  readonly repoHighWater: number
  /** The stream whose gaps are repaired meanwhile. */
  readonly stream: string
  /** Seconds before a gap from which on a repo that changed is fetched again. */
  readonly repairMargin: number
  readonly metricsHost?: string
  /** 0 picks a free one; absent serves none. */
  readonly metricsPort?: number | undefined
  readonly logLevel?: NonNullable<LogOptions['level']>
  readonly tuning?: Partial<ListingTuning & RepairTuning>
}

/**
 * The whole of `standpipe ingest repos`: lists, and repairs gaps, until the signal aborts, and serves metrics meanwhile. Throws
 * `DependencyError` when Redis cannot be reached at first, `UsageError` when the relay's URL makes no sense, when
 * Redis may evict the stream, or when it is a cluster in which stream and cursor lie apart.
 */
export async function ingestRepos(options: IngestReposOptions, signal: AbortSignal): Promise<void> {
  const { redisUrl, repoStream: stream, metricsHost: bind, metricsPort, tuning } = options
  const log = createLog({ name: 'ingest repos', level: options.logLevel ?? 'info' })
  const host = relayOrigin(options.relay)
  const meter = listReposMeter({ stream, host })
  await using open = new AsyncDisposableStack()
  const redis = open.adopt(await connectRedis(redisUrl, { name: 'ingest-repos' }), (client) =>
    client.disconnect(),
  )
  await refuseEviction(redis, stream)
  const cursor = cursorKey(stream, host)
  await refuseScatteredKeys(redis, stream, [cursor, listingTailKey(cursor)])
  const getter = open.use(createGetter({ policy: NAMED_HOST, headersWithin: seconds(30) }))
  if (metricsPort !== undefined) {
    const probes = [
      { name: 'redis', check: () => redis.ping().then(() => null) },
      { name: 'relay', check: () => meter.lastFailure },
    ]
    const served = await serve({
      port: metricsPort,
      ...(bind === undefined ? {} : { host: bind }),
      registry: meter.registry,
      probes,
    })
    log.info({ url: open.use(served).url }, 'serving metrics')
  }
  const fetchPage = pageFetcher(getter, host, PATIENCE)
  const shared = { redis, stream, host, highWater: options.repoHighWater, fetchPage, meter, log }
  const listing = { ...shared, ...(tuning ? { tuning } : {}) }
  const repair = { stream: options.stream, repoStream: stream, margin: seconds(options.repairMargin) }
  await Promise.all([listRepos(listing, signal), keepRepairing({ ...listing, ...repair }, signal)])
  log.info('stopped; the cursor says where to go on')
}
