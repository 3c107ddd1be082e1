import { formatNumber } from '#kernel/format/format-number.ts'
import { printable } from '#kernel/format/printable.ts'
import { toColumns } from '#kernel/format/to-columns.ts'
import type { GapEnd } from '#pipeline/contract.ts'
import type { ClosedGap } from '#pipeline/ingest/gaps/read-closed-gaps.ts'
import type { OpenGap } from '#pipeline/ingest/gaps/read-gaps.ts'
import type { RoundState } from './read-rounds.ts'

export interface GatheredGaps {
  readonly stream: string
  readonly open: readonly OpenGap[]
  readonly rounds: readonly RoundState[]
  readonly closed: readonly ClosedGap[]
}

/** For a person: what is open and how far its repair is, then what was closed and how. */
export function renderGaps({ stream, open, rounds, closed }: GatheredGaps): string {
  const head = `${printable(stream)}: ${open.length} ${open.length === 1 ? 'gap is' : 'gaps are'} open\n`
  const openTable = toColumns(
    ['gap', 'relay', 'reason', 'from', 'to', 'repair'],
    open.map((gap) => [
      gap.id,
      printable(gap.host),
      printable(gap.reason),
      endOf(gap.from),
      endOf(gap.to),
      repairOf(gap, rounds),
    ]),
  )
  const closedTable = toColumns(
    ['closed', 'by', 'relay', 'from', 'to', 'fetched again', 'because'],
    closed.map(({ host, from, to, closing }) => [
      printable(closing.at),
      printable(closing.by),
      printable(host),
      endOf(from),
      endOf(to),
      `${formatNumber(closing.fetched)} of ${formatNumber(closing.queued)}`,
      printable(closing.because, 80),
    ]),
  )
  return head + (open.length > 0 ? openTable : '') + (closed.length > 0 ? `\n${closedTable}` : '')
}

function endOf({ seq, time }: GapEnd): string {
  if (seq === null && time === null) return 'not known'
  return [seq === null ? null : String(seq), time].filter((part) => part !== null).join(' at ')
}

function repairOf(gap: OpenGap, rounds: readonly RoundState[]): string {
  const state = rounds.find(({ round }) => round.gaps.includes(gap.id))
  if (!state) return 'not begun'
  const { round, tally } = state
  const queued = formatNumber(round.queued)
  if (!round.isListed) return `listing: ${queued} of ${formatNumber(round.listed)} repos may have changed`
  const letters = tally.deadLettered > 0 ? `, ${formatNumber(tally.deadLettered)} dead letters` : ''
  return `fetching: ${formatNumber(tally.fetched)} of ${queued} repos${letters}`
}
