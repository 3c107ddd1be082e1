import { z } from 'zod'
import { UsageError } from '#kernel/errors.ts'
import type { Report } from '#kernel/report/report.ts'
import { parseJson } from './parse-json.ts'
import { reportSchema } from './report-schema.ts'

/** Reads a saved report; `name` says in an error which file it was. Throws `UsageError` for anything else. */
export function parseReport(text: string, name: string): Report {
  const document = parseJson(text, name)
  const schema = z.looseObject({ schema: z.string() }).safeParse(document).data?.schema
  if (schema !== 'standpipe/report@1') {
    throw new UsageError(
      schema === undefined
        ? `"${name}" is not a report of standpipe: it names no schema; expected "standpipe/report@1"`
        : `"${name}" has the schema "${schema}", but this version reads "standpipe/report@1"`,
    )
  }
  const result = reportSchema.safeParse(document)
  if (result.success) return result.data
  const [issue] = result.error.issues
  const place = issue?.path.join('.') || 'the document'
  throw new UsageError(`"${name}" is not a whole report: ${place}: ${issue?.message ?? 'not understood'}`)
}
