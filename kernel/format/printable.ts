import { printableName } from '#kernel/redis/printable-name.ts'

/** Text that somebody else wrote, safe for a terminal and on one line; cut with `…` beyond `most` characters. */
export function printable(text: string | null, most = Number.POSITIVE_INFINITY): string {
  if (text === null) return '-'
  const shown = printableName(Buffer.from(text))
  return shown.length > most ? `${shown.slice(0, most - 1)}…` : shown
}
