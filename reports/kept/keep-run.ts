import { mkdir, open } from 'node:fs/promises'
import { DependencyError, StandpipeError, UsageError } from '#kernel/errors.ts'
import type { Run } from '../compare/run.ts'
import { historyFile } from './history-file.ts'
import { parseKeptLines, toKeptLine } from './kept-run.ts'

export interface Kept {
  readonly file: string
  /** Kept runs of that subject, this one included. */
  readonly runs: number
  /** Whether it was there already: then nothing was written. */
  readonly known: boolean
}

/**
 * Appends a run to the history of its subject, once, and has it on the disk before it returns. Throws `UsageError` where the
 * history is not whole or the run has no date, `DependencyError` where it cannot be written.
 */
export async function keepRun(run: Run, folder: string): Promise<Kept> {
  if (Number.isNaN(Date.parse(run.startedAt)))
    throw new UsageError(`"${run.file}" began at "${run.startedAt}", which is no date to keep it under`)
  const file = historyFile(folder, run)
  try {
    await mkdir(folder, { recursive: true })
    await using handle = await open(file, 'a+')
    const kept = parseKeptLines(await handle.readFile('utf8'), file)
    if (kept.some(({ startedAt }) => startedAt === run.startedAt))
      return { file, runs: kept.length, known: true }
    await handle.appendFile(toKeptLine(run))
    await handle.sync()
    return { file, runs: kept.length + 1, known: false }
  } catch (error) {
    if (error instanceof StandpipeError) throw error
    throw new DependencyError(`cannot keep a run in "${file}": ${(error as Error).message}`, { cause: error })
  }
}
