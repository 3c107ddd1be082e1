import type { Section } from '#kernel/report/report.ts'
import { answerOf } from '../../summarise/answer-of.ts'
import { type Html, html } from './html.ts'
import { measurementsTable } from './measurements-table.ts'
import { plotFigure } from './plot-figure.ts'
import { statementsTable } from './statements-table.ts'
import { timelineTable } from './timeline-table.ts'
import { verdictMark } from './verdict-mark.ts'

/** One question with its answer, then what the answer stands on. All its plots over time share one clock. */
export function sectionOf(section: Section, number: number): Html {
  const { title, verdict, statements, measurements, plots, timeline } = section
  const overTime = plots.filter(({ x }) => x === 'seconds')
  const times = [
    ...overTime.flatMap(({ series }) => series.flatMap(({ points }) => points.map(([at]) => at))),
    ...timeline.map(({ at }) => at),
  ]
  return html`<section id="s${number}"><h2>${title}</h2><p>${verdictMark(verdict)} ${answerOf(section)}</p>
${plots.map((plot, index) => plotFigure(plot, { times, timeline }, `s${number}p${index + 1}`))}
${timelineTable(timeline)}
${statementsTable(statements)}
${measurementsTable(measurements)}</section>
`
}
