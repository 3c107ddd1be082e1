/**
 * The hash beside a stream in which everybody who settles or removes entries counts what he did, in the same step:
 * Redis forgets it. One key per stream, so that one append-only file rolls both back together.
 */
export function booksKey(stream: string): string {
  return `${stream}:books`
}

/**
 * What readers of a group count. `acknowledged`: the sink has it. `dead-lettered`: its letter is written.
 * `lost-bodies`: it was pending, and its body was gone.
 */
export const SETTLEMENTS = ['acknowledged', 'dead-lettered', 'lost-bodies'] as const

export type Settlement = (typeof SETTLEMENTS)[number]

/** The field of the books in which a group's settlements of one kind are counted. */
export function settlementField(settlement: Settlement, group: string): string {
  return `${settlement}:${group}`
}

/** The field in which the safe trim counts what it removed. */
export const TRIMMED_FIELD = 'trimmed'

/** The field that holds the book of a group as `standpipe ledger --watch` keeps it, in JSON. */
export function bookField(group: string): string {
  return `book:${group}`
}
