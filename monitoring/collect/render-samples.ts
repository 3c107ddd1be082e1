import { Counter, Gauge, Registry } from 'prom-client'
import { EXPORTER_METRICS } from '#monitoring/metrics/exporter-metrics.ts'
import type { Sample } from './sample.ts'

/** What Prometheus reads. A metric without samples is left out. */
export async function renderSamples(samples: readonly Sample[]): Promise<string> {
  const registry = new Registry()
  const byName = Map.groupBy(samples, ({ name }) => name)
  for (const { name, type, help, labels } of EXPORTER_METRICS) {
    const configuration = { name, help, labelNames: [...labels], registers: [registry] }
    const values = byName.get(name)
    if (!values) continue
    const metric = type === 'counter' ? new Counter(configuration) : new Gauge(configuration)
    for (const sample of values) metric.inc(sample.labels, sample.value)
  }
  return registry.metrics()
}
