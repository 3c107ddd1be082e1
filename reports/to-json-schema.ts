import { z } from 'zod'
import { reportSchema } from './report-schema.ts'

/** The shape of a saved report as JSON Schema, for tools that are not ours. */
export function toJsonSchema(): string {
  return `${JSON.stringify(z.toJSONSchema(reportSchema), null, 2)}\n`
}
