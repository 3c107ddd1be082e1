import { openLineFile } from './line-file.ts'

/**
 * What a producer set out to send, outside every system under test: one JSON line per stretch of sequences, on the
 * file before the first of them is handed to Redis.
 */
export interface AttemptJournal extends Disposable {
  attempted(from: number, upTo: number): void
  /** Redis has confirmed everything up to here. */
  acknowledged(upTo: number): void
  /** These were sent, and nobody knows what became of them; they are sent again. */
  doubted(from: number, upTo: number): void
  /** Writes the closing line: all that was planned has been sent. Without it the journal has no end. */
  finish(end: { readonly events: number; readonly lastSeq: number; readonly late: number }): void
}

/** Throws `DependencyError` as soon as the file cannot be written. */
export function openAttemptJournal(path: string): AttemptJournal {
  const file = openLineFile(path)
  return {
    attempted: (from, upTo) => file.write({ from, upTo }),
    acknowledged: (upTo) => file.write({ acknowledged: upTo }),
    doubted: (from, upTo) => file.write({ doubted: { after: from - 1, upTo } }),
    finish: (end) => file.write({ finished: true, ...end }),
    [Symbol.dispose]: () => file[Symbol.dispose](),
  }
}
