import type { ExporterMetricName } from '#monitoring/metrics/exporter-metrics.ts'

/** One value of one metric at the moment of a scrape. What could not be told has no sample, never a 0. */
export interface Sample {
  readonly name: ExporterMetricName
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** A sample, or none where the value is `null`. */
export function sample(
  name: ExporterMetricName,
  labels: Readonly<Record<string, string>>,
  value: number | boolean | null,
): Sample[] {
  return value === null || Number.isNaN(value) ? [] : [{ name, labels, value: Number(value) }]
}
