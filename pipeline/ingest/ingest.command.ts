import { once } from 'node:events'
import { defineCommand } from '#kernel/cli/command.ts'
import { serve } from '#kernel/http/serve.ts'
import { createLog } from '#kernel/log/log.ts'
import { LIVE_STREAM } from '#pipeline/contract.ts'
import { DIALECTS } from '#pipeline/dialects/dialects.ts'
import { withDialect } from '#pipeline/dialects/variables/with-dialect.ts'
import { startIngester } from './start-ingester.ts'
import { trimAlong } from './trim-along.ts'

/** Relay → Redis, until it is told to stop. */
export const command = defineCommand({
  name: 'ingest',
  describe: 'Append what a relay sends to a stream, each event once, until told to stop',
  examples: [
    ['standpipe ingest --relay wss://bsky.network', 'go on after the stored cursor, else live'],
    ['standpipe ingest --labels wss://mod.bsky.app', 'labels of a labeler into label_live'],
    [
      'standpipe ingest --start oldest --metrics-port 9464',
      'begin with the oldest event the relay still has',
    ],
  ],
  options: (yargs) =>
    withDialect(yargs, 'ingest', [
      'relay',
      'relay-mode',
      'merge-memory',
      'labels',
      'redis-url',
      'stream',
      'entry-id',
      'start',
      'on-future-cursor',
      'verify',
      'plc-url',
      'allow-private-hosts',
      'cursor-key',
      'high-water',
      'memory-reserve',
      'lossy-max-length',
      'batch-entries',
      'in-flight-bytes',
      'collections',
      'metrics-host',
      'metrics-port',
      'log-level',
    ]),

  async run({ metricsHost, metricsPort, logLevel, dialectRemarks, ...settings }, { signal, stderr }) {
    for (const remark of dialectRemarks) stderr.write(`ingest: ${remark}\n`)
    const log = createLog({ name: 'ingest', level: logLevel })
    const dialect = DIALECTS[settings.dialect]
    const { labels } = dialect.streams
    const isUsual = settings.stream === LIVE_STREAM || settings.stream === dialect.streams.live
    const stream = settings.labels && labels && isUsual ? labels : settings.stream
    await using ingester = await startIngester({ ...settings, stream, dialect, log })
    await using parts = new AsyncDisposableStack()
    if (!dialect.consumersRemove && settings.lossyMaxLength === undefined) {
      parts.use(await trimAlong({ ...settings, stream, log }))
    }
    if (metricsPort !== undefined) {
      const { metrics: registry, probes } = ingester
      const served = parts.use(await serve({ port: metricsPort, host: metricsHost, registry, probes }))
      log.info({ url: served.url }, 'serving metrics')
    }
    if (!signal.aborted) await once(signal, 'abort')
    await ingester.stop()
  },
})
