import { createReadStream } from 'node:fs'
import { DependencyError } from '#kernel/errors.ts'
import type { Journal, JournalLine } from './journal.ts'
import { parseJournalLine } from './parse-journal-line.ts'

const CHUNK_BYTES = 1 << 20

/**
 * A journal on disk, read in pages of about a megabyte. A last line without its end is `torn`: its writer was
 * killed, and whether that event was sent nobody knows. Throws `DependencyError` when it cannot be read.
 */
export function readJournal(path: string, signal?: AbortSignal): Journal {
  return { pages: () => pagesOf(path, signal) }
}

async function* pagesOf(path: string, signal?: AbortSignal): AsyncGenerator<readonly JournalLine[]> {
  const options = { encoding: 'utf8', highWaterMark: CHUNK_BYTES, ...(signal ? { signal } : {}) } as const
  let rest = ''
  try {
    for await (const chunk of createReadStream(path, options)) {
      const lines = (rest + String(chunk)).split('\n')
      rest = lines.pop() ?? ''
      yield lines.map(parseJournalLine)
    }
  } catch (error) {
    signal?.throwIfAborted()
    throw new DependencyError(`cannot read the journal "${path}": ${(error as Error).message}`, {
      cause: error,
    })
  }
  if (rest !== '') yield [{ kind: 'torn' }]
}
