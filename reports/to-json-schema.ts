import { z } from 'zod'
import { reportSchema } from './report-schema.ts'

/** The text of `reports/report.schema.json`: the shape of a saved report, for tools that are not ours. */
export function toJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(reportSchema), null, 2)}\n`
}
