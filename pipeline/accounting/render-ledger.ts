import type { Colours } from '#kernel/cli/colours-for.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import { printable } from '#kernel/format/printable.ts'
import { toColumns } from '#kernel/format/to-columns.ts'
import type { ClosedEpoch } from './book.ts'
import type { GroupLedger } from './group-ledger.ts'

const HEAD = [
  'stream/group',
  'epoch',
  'owed',
  'acknowledged',
  'dead letters',
  'pending',
  'undelivered',
  'lost',
]

/** The books for a person: a row per group, then what each row means and what became of earlier epochs. */
export function renderLedger(ledgers: readonly GroupLedger[], colours: Colours): string {
  if (ledgers.length === 0)
    return 'unknown  no group reads here and no books are kept, so nothing can be said\n'
  const table = toColumns(HEAD, ledgers.map(toRow))
  return `${table}${ledgers.flatMap((ledger) => explain(ledger, colours)).join('')}`
}

function toRow({ stream, group, epoch, terms, balance }: GroupLedger): string[] {
  const owed = terms && terms.opening + terms.added
  return [
    printable(`${stream}/${group}`),
    ...[epoch, owed, terms?.acknowledged, terms?.deadLettered, terms?.pending, terms?.undelivered].map(count),
    `${balance.isLeast ? 'at least ' : ''}${count(balance.lost)}`,
  ]
}

/** What is not known is not 0. */
const count = (value: number | null | undefined): string =>
  value === null || value === undefined ? '?' : formatNumber(value)

function explain(ledger: GroupLedger, colours: Colours): string[] {
  const { stream, group, balance, knownAt, lossAt, closed } = ledger
  const name = printable(`${stream}/${group}`)
  const last = balance.verdict === 'unknown' && knownAt !== null ? ` (last known ${timeOf(knownAt)})` : ''
  const where =
    balance.verdict === 'fail' && lossAt
      ? `; noticed ${timeOf(lossAt.at)}, after ${lossAt.after} and before ${lossAt.before}`
      : ''
  return [
    `${colours.verdict(balance.verdict, balance.verdict)}  ${name}: ${balance.says}${where}${last}\n`,
    ...closed.map((epoch) => explainClosed(name, epoch, colours)),
  ]
}

function explainClosed(name: string, closed: ClosedEpoch, colours: Colours): string {
  const { epoch, endedAt, ending, verdict, lost, isLeast, says } = closed
  const what = lost === null ? '' : `${isLeast ? 'at least ' : ''}${formatNumber(lost)} lost: `
  return `${colours.verdict(verdict, verdict)}  ${name}, epoch ${epoch}, ended ${timeOf(endedAt)} (${ending}): ${what}${says}\n`
}

const timeOf = (at: number): string => new Date(at).toISOString()
