import Table from 'cli-table3'
import { coloursFor } from '#kernel/cli/colours-for.ts'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import type { Measurement, Report, Section } from '#kernel/report/report.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import { verdictSymbol } from '#kernel/verdict/verdict-symbol.ts'
import { answerOf } from '../summarise/answer-of.ts'
import { describeRun } from '../summarise/describe-run.ts'
import { headline } from '../summarise/headline.ts'
import { worstFirst } from '../summarise/worst-first.ts'
import { plainText } from './plain-text.ts'

export interface TerminalOptions {
  readonly colour: boolean
  /** How wide the terminal is, in characters. */
  readonly columns: number
}

type Cells = readonly [mark: string, subject: string, says: string]

const MARK = 18
const FRAME = 10

/** The report for a person at a terminal: the verdict last, because that is where the eye is when it ends. */
export function toTerminal(report: Report, { colour, columns }: TerminalOptions): string {
  const colours = coloursFor({ isTTY: colour }, {})
  const mark = (verdict: Verdict) => colours.verdict(verdict, `${verdictSymbol(verdict)} ${verdict}`)
  const room = Math.max(40, columns - MARK - FRAME)
  const subject = Math.floor(room * 0.35)
  const wide = [MARK, subject, room - subject]

  const sectionTable = (section: Section): string => {
    const rows: Cells[] = [
      ...worstFirst(section.statements).map((one): Cells => [mark(one.verdict), one.subject, saying(one)]),
      ...section.measurements.map((one): Cells => ['', one.name, measured(one)]),
    ]
    const title = `${mark(section.verdict)}  ${colours.bold(plainText(section.title))}\n${plainText(answerOf(section))}`
    return rows.length > 0 ? `${title}\n${drawTable(rows, wide)}` : title
  }

  return [
    ...report.sections.map((section) => `${sectionTable(section)}\n`),
    ...report.caveats.map((caveat) => colours.dim(`not covered: ${plainText(caveat)}`)),
    `${mark(report.verdict)}  ${colours.bold(plainText(`${report.area} of ${report.subject}`))}: ${headline(report)}`,
    colours.dim(plainText(describeRun(report))),
  ]
    .join('\n')
    .concat('\n')
}

function saying({ verdict, says, expected, remedy }: Section['statements'][number]): string {
  if (verdict === 'pass') return says
  return [says, expected && `(expected: ${expected})`, remedy && `→ ${remedy}`].filter(Boolean).join(' ')
}

function measured({ value, unit, samples }: Measurement): string {
  return `${formatMeasure(value, unit)}  (n = ${formatNumber(samples)})`
}

function drawTable(rows: readonly Cells[], colWidths: number[]): string {
  const table = new Table({ colWidths, wordWrap: true, style: { head: [], border: [], compact: true } })
  for (const [mark, ...cells] of rows) table.push([mark, ...cells.map(plainText)])
  return table.toString()
}
