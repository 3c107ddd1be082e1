import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { createLog } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { consume } from './consume/consume.ts'
import { indexMeter } from './consume/index-meter.ts'
import { serve } from './serve/serve.ts'
import { openPostgresSink } from './sinks/postgres/postgres-sink.ts'
import { trimLoop } from './trim/trim-loop.ts'

export const command = defineCommand({
  name: 'index',
  describe: 'Index events from a Redis stream into PostgreSQL, acknowledging only what is committed',
  examples: [
    ['standpipe index --database postgres://localhost/appview', 'until SIGTERM, which drains and exits 0'],
    ['standpipe index --database pglite:///var/lib/index --metrics-port 9102', 'without a database server'],
  ],
  options: (yargs) =>
    withSettings(yargs, [
      'redis-url',
      'stream',
      'group',
      'consumer',
      'database',
      'read-count',
      'lanes',
      'claim-idle',
      'max-failures',
      'trim',
      'record-effects',
      'metrics-host',
      'metrics-port',
      'log-level',
    ]),

  async run(settings, { signal }) {
    const { redisUrl, stream, group, consumer, trim } = settings
    const log = createLog({ name: 'index', level: settings.logLevel })
    const meter = indexMeter({ stream, group })
    await using open = new AsyncDisposableStack()
    const connect = async (blocking: boolean) =>
      open.adopt(await connectRedis(redisUrl, { name: `index:${consumer}`, blocking }), (client) =>
        client.disconnect(),
      )
    const redis = await connect(false)
    const blocking = await connect(true)
    const sink = open.use(
      await openPostgresSink(settings.database, {
        stream,
        group,
        lanes: settings.lanes ?? null,
        recordEffects: settings.recordEffects,
      }),
    )
    if (settings.metricsPort !== undefined) {
      const probes = [
        { name: 'redis', check: () => redis.ping().then(() => null) },
        { name: 'database', check: () => sink.ping().then(() => null) },
      ]
      const { url } = open.use(
        await serve({
          port: settings.metricsPort,
          host: settings.metricsHost,
          registry: meter.registry,
          probes,
        }),
      )
      log.info({ url }, 'serving metrics')
    }
    const over = new AbortController()
    const trimming = trimLoop(
      {
        redis,
        stream,
        trim,
        onGroups: (groups) => meter.setGroups(groups, systemClock.now()),
        onTrimmed: (entries) => meter.countTrimmed(entries),
        onError: (error) => log.warn({ error: error.message }, 'cannot look at the groups; trying again'),
      },
      AbortSignal.any([signal, over.signal]),
    )
    try {
      await consume(
        {
          membership: { stream, group, consumer },
          redis,
          blocking,
          sink,
          readCount: settings.readCount,
          claimIdle: seconds(settings.claimIdle),
          maxFailures: settings.maxFailures,
          drainWithin: seconds(10),
          meter,
          log,
        },
        signal,
      )
    } finally {
      over.abort()
      await trimming
    }
    log.info('drained')
  },
})
