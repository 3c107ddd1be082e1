import { EXAMPLE_CLASSES, type JournalState, type Ledger } from './ledger.ts'

/** Classes of a ledger that count events. */
const COUNTS = [
  'attempted',
  'filtered',
  'delivered',
  'committed',
  'lost',
  'indeterminate',
  'recovered',
  'duplicatedDeliveries',
  'duplicateEffects',
  'unexpected',
  'reordered',
  'superseded',
  'deadLettered',
  'rejected',
] as const

const EXAMPLES = 5

/**
 * One ledger of several producers whose events are all different: what each attempted, together. What one of them
 * did not look at is known of none. Throws `RangeError` without any.
 */
export function addLedgers(ledgers: readonly Ledger[]): Ledger {
  const [first, ...others] = ledgers
  if (!first) throw new RangeError('no ledger to add')
  return others.reduce(add, first)
}

function add(one: Ledger, other: Ledger): Ledger {
  const counts = Object.fromEntries(COUNTS.map((name) => [name, one[name] + other[name]])) as Pick<
    Ledger,
    (typeof COUNTS)[number]
  >
  const examples = Object.fromEntries(
    EXAMPLE_CLASSES.map((name) => [
      name,
      [...one.examples[name], ...other.examples[name]].slice(0, EXAMPLES),
    ]),
  ) as unknown as Ledger['examples']
  return {
    ...counts,
    acknowledged: sum(one.acknowledged, other.acknowledged),
    waiting: sum(one.waiting, other.waiting),
    journal: addJournals(one.journal, other.journal),
    examples,
  }
}

function addJournals(one: JournalState, other: JournalState): JournalState {
  return {
    finished: one.finished && other.finished,
    promised: sum(one.promised, other.promised),
    late: sum(one.late, other.late),
    lastSeq: Math.max(one.lastSeq, other.lastSeq),
    torn: one.torn || other.torn,
    broken: one.broken + other.broken,
    repeated: one.repeated + other.repeated,
  }
}

/** What is not known of one is not known of both. */
function sum(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one + other
}
