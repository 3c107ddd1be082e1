import {
  BACKFILL_METRICS,
  INDEX_METRICS,
  INGEST_METRICS,
  LEDGER_METRICS,
  LIST_REPOS_METRICS,
  type MetricDeclaration,
} from '#pipeline/contract.ts'
import { EXPORTER_METRICS } from './exporter-metrics.ts'
import type { CataloguedMetric } from './metric.ts'
import { PROMETHEUS_METRICS } from './prometheus-metrics.ts'
import { REDIS_EXPORTER_METRICS } from './redis-exporter-metrics.ts'

/** Every metric that a rule or a dashboard may read, with who serves it. A name may have two sources. */
export const CATALOGUE: readonly CataloguedMetric[] = [
  ...EXPORTER_METRICS.map((metric) => ({ source: 'standpipe exporter' as const, ...metric })),
  ...[INGEST_METRICS, LIST_REPOS_METRICS, BACKFILL_METRICS, INDEX_METRICS, LEDGER_METRICS]
    .flatMap((metrics) => Object.values<MetricDeclaration>(metrics))
    .map((metric) => ({ source: 'pipeline' as const, ...metric })),
  ...REDIS_EXPORTER_METRICS,
  ...PROMETHEUS_METRICS,
]

/** All sources of a metric; empty when it is not catalogued. */
export function cataloguedAs(name: string): CataloguedMetric[] {
  return CATALOGUE.filter((metric) => metric.name === name)
}
