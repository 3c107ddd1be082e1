import { defineCommand } from '#kernel/cli/command.ts'
import { serve } from '#kernel/http/serve.ts'
import { createLog } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { refuseScatteredKeys } from '#kernel/redis/refuse-scattered-keys.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { companionKeys } from '#pipeline/contract.ts'
import { consume } from './consume/consume.ts'
import { indexMeter, indexMetrics } from './consume/index-meter.ts'
import type { Membership } from './consume/membership.ts'
import type { Source } from './consume/source.ts'
import { toMemberships } from './consume/to-memberships.ts'
import { DIALECTS } from './dialects/dialects.ts'
import { withDialect } from './dialects/variables/with-dialect.ts'
import { openDatabase } from './sinks/postgres/open-database.ts'
import { DEFAULT_LANES, postgresSink } from './sinks/postgres/postgres-sink.ts'
import { parseRetentionFloor } from './trim/retention-floor.ts'
import { trimLoop } from './trim/trim-loop.ts'

export const command = defineCommand({
  name: 'index',
  describe: 'Index events from Redis streams into PostgreSQL, acknowledging only what is committed',
  examples: [
    ['standpipe index --database postgres://localhost/appview', 'until SIGTERM, which drains and exits 0'],
    ['standpipe index --database pglite:///var/lib/index --metrics-port 9102', 'without a database server'],
    [
      'standpipe index --stream firehose_live,firehose_backfill',
      'live events first, snapshots of repos between',
    ],
  ],
  options: (yargs) =>
    withDialect(yargs, 'index', [
      'redis-url',
      'stream',
      'group',
      'label-stream',
      'label-group',
      'consumer',
      'database',
      'read-count',
      'lanes',
      'claim-idle',
      'max-failures',
      'trim',
      'keep-at-least',
      'record-effects',
      'metrics-host',
      'metrics-port',
      'log-level',
    ]),

  async run(settings, { signal, stderr }) {
    for (const remark of settings.dialectRemarks) stderr.write(`index: ${remark}\n`)
    const { redisUrl, consumer, trim, keepAtLeast } = settings
    const floor = keepAtLeast === undefined ? null : parseRetentionFloor(keepAtLeast)
    const usual = DIALECTS[settings.dialect]
    const memberships = toMemberships(settings, usual)
    const labels = settings.labelStream ?? usual.streams.labels
    const dialect = { ...usual, streams: { ...usual.streams, labels } }
    const log = createLog({ name: 'index', level: settings.logLevel })
    const metrics = indexMetrics()
    await using open = new AsyncDisposableStack()
    const connect = async (blocking: boolean) =>
      open.adopt(await connectRedis(redisUrl, { name: `index:${consumer}`, blocking }), (client) =>
        client.disconnect(),
      )
    const redis = await connect(false)
    for (const { stream, group } of memberships) {
      await refuseScatteredKeys(redis, stream, companionKeys(stream, group))
    }
    const lanes = settings.lanes ?? null
    const database = open.use(
      await openDatabase(settings.database, { connections: (lanes ?? DEFAULT_LANES) + 1 }),
    )
    const toSource = async (membership: Membership): Promise<Source> => ({
      membership,
      dialect,
      blocking: await connect(true),
      sink: await postgresSink(database, { ...membership, lanes, recordEffects: settings.recordEffects }),
      meter: indexMeter(membership, metrics),
    })
    const [first, ...others] = memberships
    const sources: [Source, ...Source[]] = [await toSource(first)]
    for (const membership of others) sources.push(await toSource(membership))
    if (settings.metricsPort !== undefined) {
      const probes = [
        { name: 'redis', check: () => redis.ping().then(() => null) },
        { name: 'database', check: () => database.query('SELECT 1').then(() => null) },
      ]
      const { url } = open.use(
        await serve({
          port: settings.metricsPort,
          host: settings.metricsHost,
          registry: metrics.registry,
          probes,
        }),
      )
      log.info({ url }, 'serving metrics')
    }
    const over = new AbortController()
    const trimming = sources.map(({ membership: { stream }, meter }) =>
      trimLoop(
        {
          redis,
          stream,
          trim,
          floor,
          onGroups: (groups) => meter.setGroups(groups, systemClock.now()),
          onTrimmed: (entries) => meter.countTrimmed(entries),
          onError: (error) =>
            log.warn({ stream, error: error.message }, 'cannot look at the groups; trying again'),
        },
        AbortSignal.any([signal, over.signal]),
      ),
    )
    try {
      await consume(
        {
          sources,
          redis,
          readCount: settings.readCount,
          claimIdle: seconds(settings.claimIdle),
          maxFailures: settings.maxFailures,
          drainWithin: seconds(10),
          log,
        },
        signal,
      )
    } finally {
      over.abort()
      await Promise.all(trimming)
    }
    log.info('drained')
  },
})
