import type { Plot } from '#kernel/report/report.ts'
import { STYLES } from '../plot/draw-curves.ts'
import { drawPlot } from '../plot/draw-plot.ts'
import { type Neighbours, SIZES } from '../plot/frame.ts'
import { summariseSeries } from '../plot/summarise-series.ts'
import { type Html, html } from './html.ts'

/** A plot with its legend, its small print and its numbers. `id` must be the page's only one. */
export function plotFigure(plot: Plot, neighbours: Neighbours, id: string): Html {
  return html`<figure><figcaption>${plot.title}</figcaption>
<ul class="legend">${plot.series.map(
    ({ name }, index) =>
      html`<li><svg class="curve c${index % STYLES}" viewBox="0 0 26 10" aria-hidden="true"><path d="M1 6H25"/></svg>${name}</li>`,
  )}</ul>
${SIZES.map((size) => drawPlot(plot, neighbours, size, `${id}-${size.name}`))}
${plot.method ? html`<p class="small">${plot.method}</p>` : null}
<details><summary>Numbers of this plot</summary>${numbers(plot)}</details></figure>
`
}

function numbers({ series, unit }: Plot): Html {
  const summaries = series.map((one) => summariseSeries(one, unit))
  return html`<table class="stacks"><thead><tr><th scope="col">Curve</th><th scope="col" class="n">Points</th><th scope="col">Lowest</th><th scope="col">Median</th><th scope="col">Highest</th><th scope="col">Last</th></tr></thead><tbody>${summaries.map(
    ({ name, points, lowest, median, highest, last }) =>
      html`<tr><th scope="row">${name}</th><td class="n" data-label="points">${points}</td><td data-label="lowest">${lowest}</td><td data-label="median">${median}</td><td data-label="highest">${highest}</td><td data-label="last">${last}</td></tr>
`,
  )}</tbody></table>`
}
