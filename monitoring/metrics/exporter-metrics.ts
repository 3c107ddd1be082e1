import type { MetricDeclaration } from '#pipeline/contract.ts'
import { REDIS_STATE_METRICS } from './redis-state-metrics.ts'
import { STREAM_STATE_METRICS } from './stream-state-metrics.ts'

const SCRAPE_METRICS = [
  {
    name: 'standpipe_scrape_duration_seconds',
    type: 'gauge',
    help: 'Seconds that this scrape waited for Redis.',
    labels: [],
  },
  {
    name: 'standpipe_scrape_errors_total',
    type: 'counter',
    help: 'Scrapes that could not read all that they should, since the exporter started.',
    labels: [],
  },
] as const satisfies readonly MetricDeclaration[]

/** Everything that `standpipe exporter` serves: where redis_exporter is blind, or says 0 for NULL. */
export const EXPORTER_METRICS = [...REDIS_STATE_METRICS, ...STREAM_STATE_METRICS, ...SCRAPE_METRICS] as const

export type ExporterMetricName = (typeof EXPORTER_METRICS)[number]['name']
