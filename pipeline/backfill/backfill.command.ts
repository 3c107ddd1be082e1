import { once } from 'node:events'
import { defineCommand } from '#kernel/cli/command.ts'
import { UsageError } from '#kernel/errors.ts'
import { serve } from '#kernel/http/serve.ts'
import { createLog } from '#kernel/log/log.ts'
import { DIALECTS } from '#pipeline/dialects/dialects.ts'
import { withDialect } from '#pipeline/dialects/variables/with-dialect.ts'
import { startBackfiller } from './start-backfiller.ts'

/** Listed repos → their hosts → events, until it is told to stop. */
export const command = defineCommand({
  name: 'backfill',
  describe: 'Fetch listed repos from the hosts of their accounts and append their records as events',
  examples: [
    [
      'standpipe backfill --collections app.bsky.feed.post',
      'only posts; until SIGTERM, which drains and exits 0',
    ],
    ['standpipe backfill --repo-concurrency 50 --metrics-port 9103', 'more side by side, with metrics'],
  ],
  options: (yargs) =>
    withDialect(yargs, 'backfill', [
      'redis-url',
      'repo-stream',
      'repo-group',
      'backfiller',
      'backfill-stream',
      'collections',
      'plc-url',
      'verify-repos',
      'repo-concurrency',
      'host-concurrency',
      'host-spacing',
      'fetch-attempts',
      'car-bytes',
      'car-memory',
      'record-bytes',
      'high-water',
      'batch-entries',
      'claim-idle',
      'trim',
      'allow-private-hosts',
      'metrics-host',
      'metrics-port',
      'log-level',
    ]),

  async run({ metricsHost, metricsPort, logLevel, dialectRemarks, ...settings }, { signal, stderr }) {
    for (const remark of dialectRemarks) stderr.write(`backfill: ${remark}\n`)
    const dialect = DIALECTS[settings.dialect]
    if (dialect.streams.backfill === null) {
      throw new UsageError(
        `--dialect "${dialect.name}": there is no stream for fetched repos; choose another`,
      )
    }
    const log = createLog({ name: 'backfill', level: logLevel })
    await using backfiller = await startBackfiller({ ...settings, dialect, log })
    await using parts = new AsyncDisposableStack()
    if (metricsPort !== undefined) {
      const { registry, probes } = backfiller
      const served = await serve({ port: metricsPort, host: metricsHost, registry, probes })
      log.info({ url: parts.use(served).url }, 'serving metrics')
    }
    const stopped = signal.aborted ? Promise.resolve([]) : once(signal, 'abort')
    await Promise.race([stopped, backfiller.done])
    await backfiller.stop()
  },
})
