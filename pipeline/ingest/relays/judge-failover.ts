import type { Ending } from '#pipeline/ingest/relay/connection.ts'

/** Connections in a row that deliver nothing before the next relay is asked. */
const MOST_FAILURES = 3

/**
 * Whether to give a relay up. One that was silent for the whole of our patience is given up at once: that has
 * cost minutes already.
 */
export function judgeFailover(
  failures: number,
  { reason, messages }: Ending,
): { readonly failures: number; readonly isOver: boolean } {
  if (reason === 'idle') return { failures: 0, isOver: true }
  const inARow = messages > 0 ? 0 : failures + 1
  return { failures: inARow, isOver: inARow >= MOST_FAILURES }
}
