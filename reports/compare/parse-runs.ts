import { z } from 'zod'
import { parseKeptLines } from '../kept/kept-run.ts'
import { parseJson } from '../parse-json.ts'
import { parseReport } from '../parse-report.ts'
import { parseBench } from './parse-bench.ts'
import type { Run } from './run.ts'
import { toRun } from './to-run.ts'

const named = z.looseObject({ schema: z.string() })

/**
 * Reads a saved report, the result of a benchmark, or the many runs of a history. Throws `UsageError`, naming the file,
 * for anything else.
 */
export function parseRuns(text: string, file: string): Run[] {
  return file.endsWith('.jsonl') ? parseKeptLines(text, file) : [parseRun(text, file)]
}

function parseRun(text: string, file: string): Run {
  const document = parseJson(text, file)
  return named.safeParse(document).data?.schema === 'standpipe/bench@1'
    ? parseBench(document, file)
    : toRun(parseReport(text, file), file)
}
