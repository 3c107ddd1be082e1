import { once } from 'node:events'
import { defineCommand } from '#kernel/cli/command.ts'
import { withSettings } from '#kernel/config/with-settings.ts'
import { serve } from '#kernel/http/serve.ts'
import { createLog } from '#kernel/log/log.ts'
import { createExporter } from './collect/exporter.ts'

/** The port after redis_exporter's. */
const DEFAULT_PORT = 9122

/** Serves what redis_exporter cannot see, or shows as 0 although nobody knows it. */
export const command = defineCommand({
  name: 'exporter',
  describe:
    'Serve /metrics of a Redis and its streams: lag that may be unknown, oldest pending, unread trims',
  examples: [
    ['standpipe exporter --stream firehose_live', `serve 127.0.0.1:${DEFAULT_PORT}/metrics`],
    ['standpipe exporter --stream firehose_live,label_live', 'watch several streams'],
  ],
  options: (yargs) =>
    withSettings(yargs, ['redis-url', 'stream', 'metrics-host', 'metrics-port', 'log-level']),

  async run({ redisUrl, stream, metricsHost, metricsPort = DEFAULT_PORT, logLevel }, { signal, stdout }) {
    const log = createLog({ name: 'exporter', level: logLevel })
    const streams = stream.split(',').map((name) => name.trim())
    using registry = createExporter({ redisUrl, streams, log })
    await using served = await serve({ port: metricsPort, host: metricsHost, registry, probes: [] })
    stdout.write(`${JSON.stringify({ listening: served.url })}\n`)
    if (!signal.aborted) await once(signal, 'abort')
  },
})
