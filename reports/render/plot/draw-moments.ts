import type { Moment } from '#kernel/report/report.ts'
import { type Html, html } from '../html/html.ts'
import type { Frame } from './frame.ts'

const BADGE = 16

/**
 * What happened, over the curves: a line for each moment, with the number that it has in the timeline's
 * table, and the stretch from each fault to the recovery after it in a tint.
 */
export function drawMoments(timeline: readonly Moment[], { x, top, bottom }: Frame): Html | null {
  if (timeline.length === 0) return null
  const placed = timeline.map(({ at, kind }, index) => ({ at: x.at(at), kind, number: index + 1 }))
  const rows: number[][] = [[], []]
  const marks = placed
    .filter(({ at }) => at !== null)
    .map(({ at, kind, number }) => {
      const px = round(at ?? 0)
      const row = freeRow(rows, px)
      const end = row === null ? top : top - 10 - row * (BADGE + 1)
      const badge =
        row === null
          ? null
          : html`<circle cx="${px}" cy="${end}" r="${BADGE / 2}"/><text x="${px}" y="${end + 3.5}" text-anchor="middle">${number}</text>`
      return html`<g class="moment ${kind}"><path d="M${px} ${bottom}V${end}"/>${badge}</g>`
    })
  return html`<g>${outages(timeline).map(([from, to]) => tint(x.at(from), x.at(to), top, bottom))}${marks}</g>`
}

/** From each fault to the first recovery after it; a fault without one is left out, its line says enough. */
function outages(timeline: readonly Moment[]): (readonly [from: number, to: number])[] {
  return timeline.flatMap(({ kind, at }) => {
    if (kind !== 'fault') return []
    const ends = timeline.filter((one) => one.kind === 'recovery' && one.at > at).map((one) => one.at)
    return ends.length > 0 ? [[at, Math.min(...ends)] as const] : []
  })
}

function tint(from: number | null, to: number | null, top: number, bottom: number): Html | null {
  if (from === null || to === null) return null
  return html`<rect class="outage" x="${round(from)}" y="${top}" width="${round(to - from)}" height="${bottom - top}"/>`
}

/** The lower of two rows in which a badge at `px` covers no other; `null` when both are taken there. */
function freeRow(rows: number[][], px: number): number | null {
  const free = rows.findIndex((taken) => taken.every((other) => Math.abs(px - other) > BADGE))
  rows[free]?.push(px)
  return free === -1 ? null : free
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
