import { line } from 'd3-shape'
import type { Plot } from '#kernel/report/report.ts'
import { type Html, html } from '../html/html.ts'
import type { Frame } from './frame.ts'
import { thinPoints } from './thin-points.ts'

type Place = readonly [x: number | null, y: number | null]

/** How many curves can be told apart, by colour and by dashes. */
export const STYLES = 6

/** The curves of a plot. A point without neighbours is a dot, because a line of one point is invisible. */
export function drawCurves({ series }: Plot, { x, y }: Frame): Html[] {
  const path = line<Place>(
    ([at]) => at ?? 0,
    ([, at]) => at ?? 0,
  )
    .defined((place) => isPlaced(place))
    .digits(1)
  return series.map(({ points }, index) => {
    const places = thinPoints(points).map(([px, py]): Place => [x.at(px), py === null ? null : y.at(py)])
    const dots = places.filter(
      (place, i) => isPlaced(place) && !isPlaced(places[i - 1]) && !isPlaced(places[i + 1]),
    )
    return html`<g class="curve c${index % STYLES}"><path d="${path(places) ?? ''}"/>${dots.map(
      ([cx, cy]) => html`<circle cx="${round(cx)}" cy="${round(cy)}" r="3"/>`,
    )}</g>`
  })
}

function isPlaced(place: Place | undefined): boolean {
  return place !== undefined && place[0] !== null && place[1] !== null
}

function round(value: number | null): number {
  return Math.round((value ?? 0) * 10) / 10
}
