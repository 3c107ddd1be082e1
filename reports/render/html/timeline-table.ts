import type { Moment } from '#kernel/report/report.ts'
import { describeMoment } from '../../summarise/describe-moment.ts'
import { type Html, html } from './html.ts'

/** What happened and when, by the numbers that the plots of the section carry. */
export function timelineTable(timeline: readonly Moment[]): Html | null {
  if (timeline.length === 0) return null
  return html`<h3>What happened</h3><table class="timeline"><thead><tr><th scope="col"></th><th scope="col" class="at">When</th><th scope="col">Kind</th><th scope="col">What</th></tr></thead><tbody>${timeline.map(
    ({ at, kind, what }, index) =>
      html`<tr><td><span class="moment ${kind}"><span class="badge">${index + 1}</span></span></td><td class="at">${describeMoment(at)}</td><td class="kind">${kind}</td><td>${what}</td></tr>
`,
  )}</tbody></table>
`
}
