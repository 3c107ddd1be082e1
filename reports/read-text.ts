import { readFile } from 'node:fs/promises'
import { UsageError } from '#kernel/errors.ts'

/** Reads a file that the operator named; throws `UsageError` when that cannot be done. */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    throw new UsageError(`cannot read "${file}": ${(error as Error).message}`, { cause: error })
  }
}
