import { readText } from '../read-text.ts'
import { findFiles } from './find-files.ts'
import { parseRun } from './parse-run.ts'
import type { Run } from './run.ts'

/** Reads every run that one side of a comparison names. Throws `UsageError` for a file that is none. */
export async function readRuns(side: string): Promise<Run[]> {
  return await Promise.all(findFiles(side).map(async (file) => parseRun(await readText(file), file)))
}
