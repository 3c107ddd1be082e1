import { once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import type { Argv } from 'yargs'
import { defineCommand } from '#kernel/cli/command.ts'
import { UsageError } from '#kernel/errors.ts'
import { serve } from '#kernel/http/serve.ts'
import { createLog } from '#kernel/log/log.ts'
import { ingestRepos } from '#pipeline/backfill/list-repos/ingest-repos.ts'
import { LIVE_STREAM } from '#pipeline/contract.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
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
    [
      'standpipe ingest --relay wss://relay1.example,wss://relay2.example --relay-mode merge',
      'hear both, store each event once',
    ],
    ['standpipe ingest --labels wss://mod.bsky.app', 'labels of a labeler into label_live'],
    [
      'standpipe ingest --repos',
      'every repo of the relay into repo_backfill, and newcomers from time to time',
    ],
    [
      'standpipe ingest --start oldest --metrics-port 9464',
      'begin with the oldest event the relay still has',
    ],
  ],
  options: (yargs) =>
    withDialect(withRepos(yargs), partOf, [
      'relay',
      'relay-mode',
      'merge-memory',
      'source',
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
      'frame-bytes',
      'record-bytes',
      'collections',
      'repo-stream',
      'repo-high-water',
      'repair-margin',
      'metrics-host',
      'metrics-port',
      'log-level',
    ]),

  async run({ dialectRemarks, repos, ...asked }, { signal, stderr }) {
    for (const remark of dialectRemarks) stderr.write(`ingest: ${remark}\n`)
    refuseWithoutHosts(asked.labels, repos)
    if (repos) return await ingestRepos(asked, signal)
    // Left alone, V8 lets events that outlive a batch pile up: 50 MiB more, for a tenth more speed.
    setFlagsFromString('--heap-growing-percent=100')
    const { metricsHost, metricsPort, logLevel, ...settings } = asked
    const log = createLog({ name: 'ingest', level: logLevel })
    const dialect = DIALECTS[settings.dialect]
    const stream = streamOf(settings, dialect)
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

function withRepos<Args>(yargs: Argv<Args>) {
  return yargs.option('repos', {
    type: 'boolean',
    default: false,
    describe: 'List every repo of the relay into --repo-stream instead, and repair gaps',
  })
}

function partOf({ labels, repos }: Readonly<Record<string, unknown>>): 'ingest' | 'labels' | 'repos' {
  if (repos) return 'repos'
  return labels === undefined ? 'ingest' : 'labels'
}

function refuseWithoutHosts(labels: string | undefined, repos: boolean): void {
  if (repos && labels !== undefined) throw new UsageError('--repos and --labels are two processes; name one')
  if (labels === '') {
    throw new UsageError('--labels names no host; name one, as in --labels wss://mod.bsky.app')
  }
}

/** Labels have a stream of their own, unless the operator named one. */
function streamOf(
  { stream, labels }: { readonly stream: string; readonly labels?: string | undefined },
  { streams }: Dialect,
): string {
  const isUsual = stream === LIVE_STREAM || stream === streams.live
  return labels && isUsual ? (streams.labels ?? stream) : stream
}
