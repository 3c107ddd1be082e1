import { open } from 'node:fs/promises'
import { parseJournalLine } from './parse-journal-line.ts'

/** Where the relay stands, as the end of its journal tells. */
export interface JournalTail {
  /** Sequence of the last event attempted; `null` when there is none yet. */
  readonly lastSeq: number | null
  readonly finished: boolean
}

const TAIL_BYTES = 16_384

/** Reads the last whole line of a journal that is being written. One read of a few kilobytes. */
export async function readJournalTail(path: string): Promise<JournalTail> {
  await using file = await open(path)
  const { size } = await file.stat()
  const length = Math.min(size, TAIL_BYTES)
  const { buffer } = await file.read({ buffer: Buffer.alloc(length), position: size - length, length })
  const last = buffer.toString('utf8').split('\n').at(-2)
  if (last === undefined) return { lastSeq: null, finished: false }
  const line = parseJournalLine(last)
  switch (line.kind) {
    case 'attempt':
      return { lastSeq: line.attempt.seq, finished: false }
    case 'finished':
      return { lastSeq: line.lastSeq, finished: true }
    case 'torn':
    case 'broken':
      return { lastSeq: null, finished: false }
  }
}
