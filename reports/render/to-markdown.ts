import { formatMeasure } from '#kernel/format/format-measure.ts'
import { formatNumber } from '#kernel/format/format-number.ts'
import type { Report, Section } from '#kernel/report/report.ts'
import type { Verdict } from '#kernel/verdict/verdict.ts'
import { verdictSymbol } from '#kernel/verdict/verdict-symbol.ts'
import { answerOf } from '../summarise/answer-of.ts'
import { describeMoment } from '../summarise/describe-moment.ts'
import { describeRun } from '../summarise/describe-run.ts'
import { headline } from '../summarise/headline.ts'
import { worstFirst } from '../summarise/worst-first.ts'
import { escapeMarkdown } from './escape-markdown.ts'

/** The report for a pull request or an incident channel. Plots are left to the HTML; "Not covered" ends it. */
export function toMarkdown(report: Report): string {
  const { area, subject, verdict, sections, environment, caveats } = report
  const blocks = [
    `# ${marked(verdict)}: ${escapeMarkdown(headline(report))}`,
    `${area} of ${escapeMarkdown(subject)}, ${escapeMarkdown(describeRun(report))}`,
    table(
      ['', 'Question', 'Answer'],
      sections.map((section) => [verdictSymbol(section.verdict), section.title, answerOf(section)]),
    ),
    ...sections.flatMap(sectionBlocks),
    '## Ran with',
    table(['', ''], Object.entries(environment)),
    '## Not covered',
    caveats.length > 0
      ? caveats.map((caveat) => `- ${escapeMarkdown(caveat)}`).join('\n')
      : 'Nothing that this run knows of.',
  ]
  return `${blocks.filter(Boolean).join('\n\n')}\n`
}

function sectionBlocks(section: Section): string[] {
  const { title, verdict, statements, measurements, timeline } = section
  return [
    `## ${escapeMarkdown(title)}`,
    `${marked(verdict)}: ${escapeMarkdown(answerOf(section))}`,
    table(
      ['', 'Subject', 'Observed', 'Expected', 'Remedy'],
      worstFirst(statements).map((one) => [
        verdictSymbol(one.verdict),
        one.subject,
        one.says,
        one.expected ?? '',
        one.verdict === 'pass' ? '' : (one.remedy ?? ''),
      ]),
    ),
    table(
      ['Measurement', 'Value', 'Samples', 'Method'],
      measurements.map(({ name, value, unit, samples, method }) => [
        name,
        formatMeasure(value, unit),
        formatNumber(samples),
        method,
      ]),
    ),
    table(
      ['When', 'Kind', 'What'],
      timeline.map(({ at, kind, what }) => [describeMoment(at), kind, what]),
    ),
  ]
}

function marked(verdict: Verdict): string {
  return `${verdictSymbol(verdict)} **${verdict}**`
}

/** Empty when there is nothing to put in it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map((row) => line(row.map(escapeMarkdown)))].join(
    '\n',
  )
}
