import { expect, test } from 'vitest'
import { DASHBOARDS } from '#monitoring/generated-files.ts'
import { cataloguedAs } from '#monitoring/metrics/catalogue.ts'
import { metricNamesIn } from '#monitoring/metrics/metric-names-in.ts'
import { toGrafana } from './to-grafana.ts'

const panels = DASHBOARDS.flatMap(({ rows }) => rows).flatMap((row) => row.panels)
const queries = panels.flatMap((panel) => panel.queries)

test('there are dashboards, and every panel says what it shows', () => {
  expect(queries.length).toBeGreaterThan(15)
  expect(panels.filter(({ title, description }) => !title || !description.endsWith('.'))).toEqual([])
  expect(new Set(panels.map(({ title }) => title)).size).toBe(panels.length)
})

test.each(queries)('$expr reads catalogued metrics', ({ expr }) => {
  const names = metricNamesIn(expr)
  expect(names.length).toBeGreaterThan(0)
  expect(names.filter((name) => cataloguedAs(name).length === 0)).toEqual([])
})

test('panels fill each row from edge to edge and never overlap', () => {
  for (const dashboard of DASHBOARDS) {
    const { panels: placed } = toGrafana(dashboard) as { panels: { gridPos: Box }[] }
    const rows = Map.groupBy(placed, ({ gridPos }) => gridPos.y)
    for (const row of rows.values()) {
      let edge = 0
      for (const { gridPos } of row) {
        expect(gridPos.x).toBe(edge)
        edge += gridPos.w
      }
      expect(edge).toBe(24)
    }
  }
})

interface Box {
  readonly x: number
  readonly y: number
  readonly w: number
}
