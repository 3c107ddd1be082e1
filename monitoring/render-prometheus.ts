import { stringify } from 'yaml'
import type { ScrapeTarget } from './scrape-target.ts'

export interface PrometheusOptions {
  readonly targets: readonly ScrapeTarget[]
  /** Files of rules, as Prometheus sees them. */
  readonly rules: readonly string[]
  /** `host:port` of an Alertmanager; alerts go nowhere when absent. */
  readonly alertmanager?: string
  /** How often to scrape and to evaluate, in Prometheus' words: `15s`. */
  readonly interval: string
  readonly timeout: string
}

/** Prometheus' configuration. */
export function renderPrometheus({
  targets,
  rules,
  alertmanager,
  interval,
  timeout,
}: PrometheusOptions): string {
  const jobs = Map.groupBy(targets, ({ job }) => job)
  return stringify(
    {
      global: { scrape_interval: interval, scrape_timeout: timeout, evaluation_interval: interval },
      rule_files: rules,
      ...(alertmanager
        ? { alerting: { alertmanagers: [{ static_configs: [{ targets: [alertmanager] }] }] } }
        : {}),
      scrape_configs: [...jobs].map(([job, members]) => ({
        job_name: job,
        static_configs: members.map(({ address, instance }) => ({
          targets: [address],
          ...(instance ? { labels: { instance } } : {}),
        })),
      })),
    },
    { lineWidth: 0 },
  )
}
