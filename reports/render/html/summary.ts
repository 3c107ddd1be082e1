import type { Report } from '#kernel/report/report.ts'
import { allStatements } from '../../summarise/all-statements.ts'
import { answerOf } from '../../summarise/answer-of.ts'
import { describeRun } from '../../summarise/describe-run.ts'
import { headline } from '../../summarise/headline.ts'
import { worstFirst } from '../../summarise/worst-first.ts'
import { type Html, html } from './html.ts'
import { verdictMark } from './verdict-mark.ts'

const MOST_ALARMING = 5

/** What a reader of ten seconds needs: the verdict, the answer to each question, and what to do first. */
export function summaryOf(report: Report): Html {
  const { area, subject, verdict, sections } = report
  return html`<header class="lede ${verdict}"><p class="kicker">standpipe ${area} · ${subject}</p>
<h1>${verdictMark(verdict)}: ${headline(report)}</h1>
<p class="small">${describeRun(report)}</p></header>
${
  sections.length > 0
    ? html`<ol class="answers">${sections.map(
        (section, index) =>
          html`<li><p>${verdictMark(section.verdict)}</p><p><a href="#s${index + 1}">${section.title}</a></p><p>${answerOf(section)}</p></li>
`,
      )}</ol>`
    : html`<p>No question was asked.</p>`
}
${lookAtFirst(report)}`
}

function lookAtFirst(report: Report): Html | null {
  const alarming = worstFirst(allStatements(report)).filter(({ verdict }) =>
    ['fail', 'unknown', 'warn'].includes(verdict),
  )
  if (alarming.length === 0) return null
  const more = alarming.length - MOST_ALARMING
  return html`<div class="first"><h2>Look at first</h2><ul>${alarming.slice(0, MOST_ALARMING).map(
    ({ verdict, subject, says, remedy }) =>
      html`<li>${verdictMark(verdict)} <b>${subject}</b>: ${says}${remedy ? html`<span class="aside"><b>Remedy</b> ${remedy}</span>` : null}</li>
`,
  )}</ul>${more > 0 ? html`<p class="small">and ${more} more below</p>` : null}</div>`
}
