import type { DeadLetter } from './letter.ts'

/** The letters of one reason. */
export interface ReasonSummary {
  /** `null` for letters that do not say why. */
  readonly reason: string | null
  readonly count: number
  /** ISO 8601, over all letters of the reason; `null` when none of them says when. */
  readonly firstFailedAt: string | null
  readonly lastFailedAt: string | null
  /** Of the newest letter: its ID, and the error in full. */
  readonly newestId: string
  readonly newestError: string | null
}

/** Adds letters, oldest first, to what is known so far. */
export function addLetters(
  summaries: ReadonlyMap<string | null, ReasonSummary>,
  letters: readonly DeadLetter[],
): ReadonlyMap<string | null, ReasonSummary> {
  const grown = new Map(summaries)
  for (const letter of letters) grown.set(letter.reason, addLetter(grown.get(letter.reason), letter))
  return grown
}

function addLetter(
  before: ReasonSummary | undefined,
  { id, reason, error, firstFailedAt, lastFailedAt }: DeadLetter,
): ReasonSummary {
  return {
    reason,
    count: (before?.count ?? 0) + 1,
    firstFailedAt: earlier(before?.firstFailedAt ?? null, firstFailedAt),
    lastFailedAt: later(before?.lastFailedAt ?? null, lastFailedAt),
    newestId: id,
    newestError: error,
  }
}

const earlier = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a)
const later = (a: string | null, b: string | null) => (a === null || (b !== null && b > a) ? b : a)
