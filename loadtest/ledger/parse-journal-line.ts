import type { Attempt } from './attempt.ts'
import type { JournalLine } from './journal.ts'

const BROKEN: JournalLine = { kind: 'broken' }
const RECORD_ACTIONS = ['create', 'update', 'delete']
const REPO_ACTIONS = ['identity', 'account']

/** Reads one whole line. Anything that is not a line of the relay's is `broken`, never skipped in silence. */
export function parseJournalLine(text: string): JournalLine {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch {
    return BROKEN
  }
  if (typeof line !== 'object' || line === null) return BROKEN
  if ('finished' in line) return toFinished(line)
  return isAttempt(line) ? { kind: 'attempt', attempt: line } : BROKEN
}

function toFinished(line: {
  finished: unknown
  events?: unknown
  lastSeq?: unknown
  late?: unknown
}): JournalLine {
  const { finished, events, lastSeq, late } = line
  if (finished !== true || typeof events !== 'number' || typeof lastSeq !== 'number') return BROKEN
  return { kind: 'finished', events, lastSeq, late: typeof late === 'number' ? late : null }
}

function isAttempt(line: object): line is Attempt {
  const { seq, did, action, rev, collection, rkey } = line as Record<string, unknown>
  if (typeof seq !== 'number' || typeof did !== 'string' || typeof action !== 'string') return false
  if (REPO_ACTIONS.includes(action)) return true
  return RECORD_ACTIONS.includes(action) && [rev, collection, rkey].every((part) => typeof part === 'string')
}
