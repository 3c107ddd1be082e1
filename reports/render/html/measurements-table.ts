import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import type { Measurement } from '#kernel/report/report.ts'
import { type Html, html } from './html.ts'

/** Every number with how many samples stand behind it and how it was taken. */
export function measurementsTable(measurements: readonly Measurement[]): Html | null {
  if (measurements.length === 0) return null
  return html`<table class="measurements stacks"><thead><tr><th scope="col">Measured</th><th scope="col">Value</th><th scope="col" class="n">Samples</th><th scope="col">Method</th></tr></thead><tbody>${measurements.map(
    ({ name, value, unit, samples, method }) =>
      html`<tr><th scope="row">${name}</th><td class="value">${formatMeasure(value, unit)}</td><td class="n" data-label="samples">${formatNumber(samples)}</td><td class="method">${method}</td></tr>
`,
  )}</tbody></table>
`
}
