import type { Plot } from '#kernel/report/report.ts'
import { type Html, html } from '../html/html.ts'
import type { Frame } from './frame.ts'

/** Grid, ticks and titles. */
export function drawAxes({ x, y, left, right, top, bottom }: Frame): Html {
  return html`<g class="grid">${y.ticks.map(
    ({ at }) => html`<path d="M${left} ${round(at)}H${right}"/>`,
  )}</g><g class="ticks">${y.ticks.map(
    ({ at, text }) => html`<text x="${left - 8}" y="${round(at) + 4}" text-anchor="end">${text}</text>`,
  )}${x.ticks.map(
    ({ at, text }) =>
      html`<path d="M${round(at)} ${bottom}v4"/><text x="${round(at)}" y="${bottom + 17}" text-anchor="middle">${text}</text>`,
  )}<text x="${left - 8}" y="${top - 14}" text-anchor="${y.title.length > 8 ? 'start' : 'end'}" dx="${y.title.length > 8 ? 8 - left + 2 : 0}">${y.title}</text><text x="${right}" y="${bottom + 33}" text-anchor="end">${x.title}</text></g>`
}

/** The line that must not be crossed, named where it lies. */
export function drawCeiling({ ceiling }: Plot, { y, left, right }: Frame): Html | null {
  const at = ceiling && y.at(ceiling.value)
  if (at === null || at === undefined) return null
  return html`<g class="ceiling"><path d="M${left} ${round(at)}H${right}"/><text x="${right}" y="${round(at) - 5}" text-anchor="end">${ceiling?.name ?? ''}</text></g>`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
