import { isUnit } from '#kernel/report/report.ts'
import { formatMeasure } from './format-measure.ts'
import { formatNumber } from './format-number.ts'

/** A value with its unit, also where it is none that reports know, as of an older or a newer version. */
export function formatAny(value: number | null, unit: string): string {
  if (isUnit(unit)) return formatMeasure(value, unit)
  return value === null || !Number.isFinite(value) ? 'not measured' : `${formatNumber(value)} ${unit}`
}
