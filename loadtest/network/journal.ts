import { closeSync, fsync, fsyncSync, openSync, writeSync } from 'node:fs'
import { DependencyError } from '#kernel/errors.ts'
import type { JournalEnd, JournalEvent } from './journal-event.ts'

/**
 * What the relay set out to send, outside every system under test: one JSON line per event, on the file before its
 * frame is sent, on the disk at least every second.
 */
export interface Journal {
  write(events: readonly JournalEvent[]): void
  /** Writes the closing line, or none for a run that was cut short, and puts everything on the disk. */
  finish(end: Omit<JournalEnd, 'finished'> | null): Promise<void>
}

const SYNC_EVERY_MS = 1_000

/** Throws `DependencyError` when the file cannot be written. */
export async function openJournal(path: string): Promise<Journal> {
  const file = open(path)
  const timer = setInterval(() => fsync(file, () => {}), SYNC_EVERY_MS)
  timer.unref()
  return {
    write(events) {
      if (events.length === 0) return
      writeSync(file, events.map((event) => `${JSON.stringify(event)}\n`).join(''))
    },
    async finish(end) {
      clearInterval(timer)
      if (end) {
        const { events, lastSeq, late } = end
        const line: JournalEnd = { finished: true, events, lastSeq, late }
        writeSync(file, `${JSON.stringify(line)}\n`)
      }
      fsyncSync(file)
      closeSync(file)
    },
  }
}

function open(path: string): number {
  try {
    return openSync(path, 'w')
  } catch (error) {
    throw new DependencyError(`cannot write the journal "${path}": ${(error as Error).message}`, {
      cause: error,
    })
  }
}
