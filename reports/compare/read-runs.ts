import { readText } from '../read-text.ts'
import { findFiles } from './find-files.ts'
import { parseRuns } from './parse-runs.ts'
import type { Run } from './run.ts'

/** Reads every run that one side of a comparison names. Throws `UsageError` for a file that is none. */
export async function readRuns(side: string): Promise<Run[]> {
  const files = findFiles(side)
  const runs = await Promise.all(files.map(async (file) => parseRuns(await readText(file), file)))
  return runs.flat()
}
