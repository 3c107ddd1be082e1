import { z } from 'zod'
import { parseJson } from '../parse-json.ts'
import { parseReport } from '../parse-report.ts'
import { parseBench } from './parse-bench.ts'
import type { Run } from './run.ts'
import { toRun } from './to-run.ts'

const named = z.looseObject({ schema: z.string() })

/** Reads a saved report or the result of a benchmark. Throws `UsageError`, naming the file, for anything else. */
export function parseRun(text: string, file: string): Run {
  const document = parseJson(text, file)
  return named.safeParse(document).data?.schema === 'standpipe/bench@1'
    ? parseBench(document, file)
    : toRun(parseReport(text, file), file)
}
