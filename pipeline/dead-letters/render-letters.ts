import { formatNumber } from '#kernel/format/format-number.ts'
import { printable } from '#kernel/format/printable.ts'
import { toColumns } from '#kernel/format/to-columns.ts'
import type { GatheredLetters } from './gather-letters.ts'

const ERROR_WIDTH = 80

/** For a person: the reasons, or the letters of the one reason that was asked for. */
export function renderLetters({ letters, total, looked, reasons, listed }: GatheredLetters): string {
  const head = `${letters}: ${formatNumber(total)} ${total === 1 ? 'letter' : 'letters'}\n`
  const rest = looked < total ? `the oldest ${formatNumber(looked)} were looked at; --limit takes more\n` : ''
  if (looked === 0) return head
  if (listed.length === 0) return `${head}${rest}${reasonTable(reasons)}`
  return `${head}${rest}${letterTable(listed)}`
}

function reasonTable(reasons: GatheredLetters['reasons']): string {
  return toColumns(
    ['reason', 'letters', 'first failed', 'last failed', 'newest letter', 'its error'],
    reasons
      .toSorted((a, b) => b.count - a.count)
      .map(({ reason, count, firstFailedAt, lastFailedAt, newestId, newestError }) => [
        printable(reason),
        String(count),
        printable(firstFailedAt),
        printable(lastFailedAt),
        newestId,
        printable(newestError, ERROR_WIDTH),
      ]),
  )
}

function letterTable(listed: GatheredLetters['listed']): string {
  return toColumns(
    ['letter', 'entry', 'group', 'attempts', 'last failed', 'error'],
    listed.map(({ id, entryId, group, attempts, lastFailedAt, error }) => [
      id,
      printable(entryId),
      printable(group),
      attempts === null ? '-' : String(attempts),
      printable(lastFailedAt),
      printable(error, ERROR_WIDTH),
    ]),
  )
}
