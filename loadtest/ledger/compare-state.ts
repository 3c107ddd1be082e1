import type { Attempt } from './attempt.ts'
import { createColumn } from './column.ts'
import { describeEvent } from './event-name.ts'
import type { Journal } from './journal.ts'
import { createKeyIndex } from './key-index.ts'
import type { Pages } from './pages.ts'
import type { RecordRow } from './record-row.ts'
import type { StateComparison } from './state-comparison.ts'

const DELETED = 1
const FOUND = 2

/**
 * Holds the sink's records against the last thing attempted for each. The ledger proves that every event
 * arrived; this proves that they left the right thing behind, whatever the order in which they came.
 */
export async function compareState(
  journal: Journal,
  rows: Pages<RecordRow>,
  atMost = 5,
): Promise<StateComparison> {
  const uris = createKeyIndex()
  const versions = createKeyIndex()
  const last = createColumn(32)
  const marks = createColumn(8)
  const counts = { equal: 0, absent: 0, stale: 0, undead: 0, unexpected: 0 }
  const examples: string[] = []
  const note = (text: string) => void (examples.length < atMost && examples.push(text))

  for await (const attempt of recordAttempts(journal)) {
    const place = uris.add(uriOf(attempt))
    last.set(place, versions.add(versionOf(attempt)))
    marks.set(place, attempt.action === 'delete' ? DELETED : 0)
  }
  const judge = (row: RecordRow) => {
    const place = uris.find(uriOf(row))
    if (place < 0) {
      note(`${uriOf(row)} was never attempted`)
      return 'unexpected'
    }
    const deleted = (marks.get(place) & DELETED) !== 0
    marks.set(place, marks.get(place) | FOUND)
    if (deleted && row.cid !== null) {
      note(`${uriOf(row)} should be deleted, and is there at rev ${row.rev}`)
      return 'undead'
    }
    if (versions.find(versionOf(row)) === last.get(place)) return 'equal'
    note(`${uriOf(row)} is at rev ${row.rev}, which is not the last one attempted`)
    return 'stale'
  }
  for await (const page of rows) for (const row of page) counts[judge(row)]++

  const absent = new Set<number>()
  for (let place = 0; place < uris.size; place++) {
    if (marks.get(place) & FOUND) continue
    if (marks.get(place) & DELETED) counts.equal++
    else absent.add(place)
  }
  counts.absent = absent.size
  if (absent.size > 0) await nameAbsent(journal, (attempt) => absent.delete(uris.find(uriOf(attempt))), note)
  return { compared: uris.size, ...counts, examples }
}

async function nameAbsent(
  journal: Journal,
  isAbsent: (attempt: Attempt) => boolean,
  note: (text: string) => void,
): Promise<void> {
  for await (const attempt of recordAttempts(journal)) {
    if (isAbsent(attempt)) note(`nothing is there for ${describeEvent(attempt)}`)
  }
}

async function* recordAttempts(journal: Journal): AsyncGenerator<Attempt> {
  for await (const page of journal.pages()) {
    for (const line of page) {
      if (line.kind === 'attempt' && !line.attempt.filtered && line.attempt.rev !== undefined) {
        yield line.attempt
      }
    }
  }
}

type Place = Pick<Attempt, 'did' | 'collection' | 'rkey'>

const uriOf = ({ did, collection, rkey }: Place) => `at://${did}/${collection}/${rkey}`

/** What tells one state of a record from another; deletes have no CID. */
const versionOf = ({ rev, cid }: { readonly rev?: string; readonly cid?: string | null }) =>
  `${rev} ${cid ?? 'deleted'}`
