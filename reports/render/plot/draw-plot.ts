import type { Plot } from '#kernel/report/report.ts'
import { type Html, html } from '../html/html.ts'
import { describePlot } from './describe-plot.ts'
import { drawAxes, drawCeiling } from './draw-axes.ts'
import { drawCurves } from './draw-curves.ts'
import { drawMoments } from './draw-moments.ts'
import { frameFor, type Neighbours, type Size } from './frame.ts'

/** One plot at one size, as inline SVG with its own title and description. `id` must be the page's only one. */
export function drawPlot(plot: Plot, neighbours: Neighbours, size: Size, id: string): Html {
  const frame = frameFor(plot, neighbours, size)
  const moments = plot.x === 'seconds' ? neighbours.timeline : []
  return html`<svg class="plot ${size.name}" viewBox="0 0 ${size.width} ${size.height}" role="img" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${plot.title}</title><desc id="${id}-desc">${describePlot(plot, moments)}</desc>${drawAxes(frame)}${drawMoments(moments, frame)}${drawCeiling(plot, frame)}${drawCurves(plot, frame)}</svg>`
}
