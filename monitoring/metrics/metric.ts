import type { MetricDeclaration } from '#pipeline/contract.ts'

/** Who answers for a metric: the process behind the scrape, or Prometheus itself. */
export type MetricSource = 'standpipe exporter' | 'pipeline' | 'redis_exporter' | 'prometheus'

/** A metric that a rule or a dashboard may read. */
export interface CataloguedMetric extends MetricDeclaration {
  readonly source: MetricSource
  /** First version of the source that exports it; absent where ours does, whose version is this one. */
  readonly since?: string
}
