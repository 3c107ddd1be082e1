import { serve } from '#kernel/http/serve.ts'
import type { Log } from '#kernel/log/log.ts'
import { milliseconds } from '#kernel/time/duration.ts'
import { createExporter } from './collect/exporter.ts'
import { readAlerts } from './read-alerts.ts'
import type { ScrapeTarget } from './scrape-target.ts'
import { type NoPrometheus, startPrometheus } from './start-prometheus.ts'

/** A scrape of our own Prometheus may last one second. */
const PATIENCE = milliseconds(700)

export interface WatchAlertsOptions {
  readonly redisUrl: string
  readonly streams: readonly string[]
  /** What else to scrape. */
  readonly targets?: readonly ScrapeTarget[]
  /** The rules file to evaluate. */
  readonly rules: string
  readonly log: Log
}

/** The alerts of one Redis, as a real Prometheus sees them through our exporter. */
export interface AlertWatcher extends AsyncDisposable {
  /** Those whose `for` has passed; `since` is when the expression became true, in Unix milliseconds. */
  firing(): Promise<readonly { readonly name: string; readonly since: number }[]>
}

/** Starts an exporter in this process and a Prometheus that scrapes it, and the other targets, every second; or says why it cannot. */
export async function watchAlerts({
  redisUrl,
  streams,
  targets = [],
  rules,
  log,
}: WatchAlertsOptions): Promise<AlertWatcher | NoPrometheus> {
  await using stack = new AsyncDisposableStack()
  const registry = stack.use(createExporter({ redisUrl, streams, log, patience: PATIENCE }))
  const served = stack.use(await serve({ port: 0, registry, probes: [] }))
  const exporter = { job: 'standpipe-exporter', address: new URL(served.url).host, instance: 'buffer' }
  const prometheus = await startPrometheus({ targets: [exporter, ...targets], rules })
  if ('missing' in prometheus) return prometheus
  stack.use(prometheus)
  const owned = stack.move()
  return {
    async firing() {
      const active = await readAlerts(prometheus.url)
      return active
        .filter(({ state }) => state === 'firing')
        .map(({ name, activeAt }) => ({ name, since: Date.parse(activeAt) }))
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
