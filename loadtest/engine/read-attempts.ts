import type { InDoubt } from '#loadtest/ledger/evidence.ts'
import type { Journal, JournalLine } from '#loadtest/ledger/journal.ts'
import { entryName } from './entry-name.ts'
import { readLines } from './read-lines.ts'

/** What a producer wrote down, read back. */
export interface Attempts {
  readonly journal: Journal
  /** The last sequence that Redis confirmed; `null` when it confirmed none. */
  readonly acknowledgedUpTo: number | null
  /** Sent without an answer at some time; they were sent again until they had one, or the run ended. */
  readonly inDoubt: readonly InDoubt[]
  readonly sequences: () => Generator<number>
}

interface Span {
  readonly from: number
  readonly upTo: number
}

const PAGE = 1_000

/** Throws `DependencyError` when the file cannot be read. */
export async function readAttempts(path: string): Promise<Attempts> {
  const spans: Span[] = []
  const others: JournalLine[] = []
  const inDoubt: InDoubt[] = []
  let acknowledgedUpTo: number | null = null
  for await (const { line, torn } of readLines(path)) {
    if (isSpan(line)) spans.push(line)
    else if (typeof line?.['acknowledged'] === 'number') acknowledgedUpTo = line['acknowledged']
    else if (line?.['doubted']) inDoubt.push(line['doubted'] as InDoubt)
    else others.push(torn ? { kind: 'torn' } : toEnd(line))
  }
  function* sequences() {
    for (const { from, upTo } of spans) for (let seq = from; seq <= upTo; seq++) yield seq
  }
  function* pages(): Generator<readonly JournalLine[]> {
    let page: JournalLine[] = []
    for (const seq of sequences()) {
      page.push({ kind: 'attempt', attempt: { ...entryName(seq), time: '' } })
      if (page.length < PAGE) continue
      yield page
      page = []
    }
    yield [...page, ...others]
  }
  return { journal: { pages }, acknowledgedUpTo, inDoubt, sequences }
}

type Line = Readonly<Record<string, unknown>> | null

function isSpan(line: Line): line is Line & Span {
  return typeof line?.['from'] === 'number' && typeof line['upTo'] === 'number'
}

function toEnd(line: Line): JournalLine {
  const { finished, events, lastSeq, late } = line ?? {}
  if (finished !== true || typeof events !== 'number' || typeof lastSeq !== 'number')
    return { kind: 'broken' }
  return { kind: 'finished', events, lastSeq, late: typeof late === 'number' ? late : null }
}
