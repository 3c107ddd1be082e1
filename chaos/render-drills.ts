import Table from 'cli-table3'
import { minutes } from '#kernel/time/duration.ts'
import type { Drill } from './drill.ts'

/** The drills for a person who chooses one: what is broken, how long it takes, who should be paged. */
export function renderDrills(drills: readonly Drill[]): string {
  const table = new Table({
    head: ['drill', 'takes', 'what is broken', 'pages'],
    colWidths: [27, 8, 46, 23],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const { id, title, trafficLasts, expectAlerts } of drills) {
    table.push([id, shownDuration(trafficLasts), title, expectAlerts.join('\n') || '–'])
  }
  return `${table.toString()}\n`
}

const shownDuration = (ms: number): string =>
  ms >= minutes(1) ? `${Math.ceil(ms / minutes(1))} min` : `${Math.ceil(ms / 1_000)} s`
