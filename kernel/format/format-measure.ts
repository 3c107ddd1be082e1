import type { Unit } from '#kernel/report/report.ts'
import { formatNumber } from './format-number.ts'
import { scaleFor } from './scale-for.ts'

/** A value with its unit, as a person says it: `1.44 s`, `512 MiB`, `63,400 events/s`. */
export function formatMeasure(value: number | null, unit: Unit): string {
  if (value === null || !Number.isFinite(value)) return 'not measured'
  const { divide, label } = scaleFor(unit, value)
  return `${formatNumber(value / divide)} ${label}`.trimEnd()
}
