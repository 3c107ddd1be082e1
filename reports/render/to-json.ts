import type { Report } from '#kernel/report/report.ts'

/** The report as it is kept and compared: `reports/report.schema.json` describes it. */
export function toJson(report: Report): string {
  return `${JSON.stringify(report, null, 2)}\n`
}
