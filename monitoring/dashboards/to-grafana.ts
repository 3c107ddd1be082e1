import type { Dashboard, Panel, Row } from './dashboard.ts'

const COLUMNS = 24
const HEIGHT = { timeseries: 8, stat: 4 } as const
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' }

/** The JSON model that Grafana (9 and later) loads. */
export function toGrafana({ uid, title, rows }: Dashboard): unknown {
  return {
    uid,
    title,
    tags: ['standpipe'],
    timezone: 'utc',
    editable: false,
    graphTooltip: 1,
    refresh: '10s',
    schemaVersion: 38,
    time: { from: 'now-1h', to: 'now' },
    templating: {
      list: [
        { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus' },
        variable('instance', 'Redis', 'label_values(redis_up, instance)'),
        variable('stream', 'Stream', 'label_values(standpipe_stream_exists{instance=~"$instance"}, stream)'),
      ],
    },
    panels: layOut(rows),
  }
}

function variable(name: string, label: string, query: string) {
  return {
    name,
    label,
    type: 'query',
    datasource: DATASOURCE,
    query: { query, refId: name },
    refresh: 2,
    multi: true,
    includeAll: true,
    current: { text: 'All', value: '$__all' },
  }
}

function layOut(rows: readonly Row[]): unknown[] {
  const placed: unknown[] = []
  let y = 0
  for (const { title, panels } of rows) {
    placed.push({
      id: placed.length + 1,
      type: 'row',
      title,
      collapsed: false,
      gridPos: { x: 0, y, w: COLUMNS, h: 1 },
    })
    y += 1
    const h = Math.max(...panels.map(({ kind }) => HEIGHT[kind]))
    panels.forEach((panel, index) => {
      const left = Math.floor((COLUMNS * index) / panels.length)
      const right = Math.floor((COLUMNS * (index + 1)) / panels.length)
      placed.push({ id: placed.length + 1, ...toPanel(panel), gridPos: { x: left, y, w: right - left, h } })
    })
    y += h
  }
  return placed
}

function toPanel({ title, description, kind, unit, queries, redFrom }: Panel) {
  const steps = [
    { color: 'green', value: null },
    ...(redFrom === undefined ? [] : [{ color: 'red', value: redFrom }]),
  ]
  return {
    type: kind,
    title,
    description,
    datasource: DATASOURCE,
    targets: queries.map(({ expr, legend }, index) => ({
      refId: String.fromCodePoint(65 + index),
      datasource: DATASOURCE,
      expr,
      legendFormat: legend,
    })),
    fieldConfig: { defaults: { unit, thresholds: { mode: 'absolute', steps } }, overrides: [] },
    options: kind === 'stat' ? { colorMode: 'background', reduceOptions: { calcs: ['lastNotNull'] } } : {},
  }
}
