import type { CataloguedMetric } from './metric.ts'

/** What Prometheus itself adds to every scrape. */
export const PROMETHEUS_METRICS: readonly CataloguedMetric[] = [
  {
    source: 'prometheus',
    name: 'up',
    type: 'gauge',
    labels: ['job', 'instance'],
    help: '1 when the target could be scraped, else 0.',
  },
]
