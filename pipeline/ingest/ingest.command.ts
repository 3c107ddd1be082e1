import { once } from 'node:events'
import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { serve } from '#kernel/http/serve.ts'
import { createLog } from '#kernel/log/log.ts'
import { startIngester } from './start-ingester.ts'

/** Relay → Redis, until it is told to stop. */
export const command = defineCommand({
  name: 'ingest',
  describe: 'Append what a relay sends to a stream, each event once, until told to stop',
  examples: [
    ['standpipe ingest --relay wss://bsky.network', 'go on after the stored cursor, else live'],
    [
      'standpipe ingest --start oldest --metrics-port 9464',
      'begin with the oldest event the relay still has',
    ],
  ],
  options: (yargs) =>
    withSettings(yargs, [
      'relay',
      'redis-url',
      'stream',
      'start',
      'high-water',
      'batch-entries',
      'in-flight-bytes',
      'collections',
      'metrics-port',
      'log-level',
    ]),

  async run({ metricsPort, logLevel, ...options }, { signal }) {
    const log = createLog({ name: 'ingest', level: logLevel })
    await using ingester = await startIngester({ ...options, log })
    await using parts = new AsyncDisposableStack()
    if (metricsPort !== undefined) {
      const { metrics: registry, probes } = ingester
      const served = parts.use(await serve({ port: metricsPort, registry, probes }))
      log.info({ url: served.url }, 'serving metrics')
    }
    if (!signal.aborted) await once(signal, 'abort')
    await ingester.stop()
  },
})
