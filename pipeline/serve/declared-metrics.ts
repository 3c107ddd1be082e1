import { Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { MetricDeclaration } from '#pipeline/contract.ts'

type Instrument<D extends MetricDeclaration> = D['type'] extends 'counter'
  ? Counter<D['labels'][number]>
  : D['type'] extends 'gauge'
    ? Gauge<D['labels'][number]>
    : Histogram<D['labels'][number]>

type Instruments<D extends Readonly<Record<string, MetricDeclaration>>> = {
  readonly [Key in keyof D]: Instrument<D[Key]>
}

/** Metrics of one process, and the registry that prints them. */
export interface DeclaredMetrics<D extends Readonly<Record<string, MetricDeclaration>>> {
  readonly registry: Registry
  readonly metrics: Instruments<D>
}

/**
 * Makes live metrics of declarations, in a registry of their own. A counter without labels starts at 0; a
 * gauge has no sample until it is set, because a zero that nobody measured would be believed.
 */
export function declaredMetrics<const D extends Readonly<Record<string, MetricDeclaration>>>(
  declarations: D,
): DeclaredMetrics<D> {
  const registry = new Registry()
  const metrics = Object.fromEntries(
    Object.entries(declarations).map(([key, declaration]) => [key, instrument(declaration, registry)]),
  )
  return { registry, metrics: metrics as unknown as Instruments<D> }
}

function instrument({ type, name, help, labels, buckets }: MetricDeclaration, registry: Registry) {
  const configuration = { name, help, labelNames: [...labels], registers: [registry] }
  switch (type) {
    case 'counter':
      return new Counter(configuration)
    case 'gauge': {
      const gauge = new Gauge(configuration)
      if (labels.length === 0) gauge.remove()
      return gauge
    }
    case 'histogram':
      return new Histogram({ ...configuration, ...(buckets ? { buckets: [...buckets] } : {}) })
  }
}
