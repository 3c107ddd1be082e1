import type { Catalogue } from '../catalogue.ts'
import { code, toTable } from '../table.ts'

/** Every metric that a rule or a dashboard may read, with who serves it. */
export function renderMetrics({ metrics }: Catalogue): string {
  return toTable(
    ['Metric', 'Type', 'Labels', 'Served by', 'Meaning'],
    metrics.map(({ name, type, labels, source, since, help }) => [
      code(name),
      type,
      labels.join(', '),
      since ? `${source} ≥ ${since}` : source,
      help,
    ]),
  )
}
