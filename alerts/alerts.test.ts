import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cataloguedAs } from '#monitoring/metrics/catalogue.ts'
import { metricNamesIn } from '#monitoring/metrics/metric-names-in.ts'
import { kebab } from './links.ts'
import { annotationsOf } from './render-rules.ts'
import { alerts } from './rules/index.ts'

const links = { runbooks: 'https://x/runbooks', dashboards: 'https://x/d' }

test('there are alerts to look at, each with a name of its own', () => {
  expect(alerts.length).toBeGreaterThanOrEqual(8)
  expect(new Set(alerts.map(({ name }) => name)).size).toBe(alerts.length)
})

test.each(alerts)('$name reads the metrics that it names, and all of them are catalogued', (alert) => {
  expect(metricNamesIn(alert.expr).toSorted()).toEqual(alert.metrics.toSorted())
  expect(alert.metrics.filter((name) => cataloguedAs(name).length === 0)).toEqual([])
})

test('a metric that nobody exports would be seen', () => {
  const [name = ''] = metricNamesIn(
    'histogram_quantile(0.95, rate(redis_commands_duration_seconds_bucket[5m]))',
  )
  expect(name).toBe('redis_commands_duration_seconds_bucket')
  expect(cataloguedAs(name)).toEqual([])
})

test.each(alerts)('$name has an example that fires and one that does not, on series it reads', (alert) => {
  expect(alert.examples.some(({ fires }) => fires !== undefined)).toBe(true)
  expect(alert.examples.some(({ fires }) => fires === undefined)).toBe(true)
  for (const { series } of alert.examples) {
    const named = Object.keys(series).flatMap((selector) => metricNamesIn(selector))
    expect(named.length).toBeGreaterThan(0)
    expect(named.filter((name) => !alert.metrics.includes(name))).toEqual([])
  }
})

test.each(alerts)('$name says a sentence, and says it with labels and value only', (alert) => {
  expect(alert.name).toMatch(/^([A-Z][a-z]+)+$/)
  expect(alert.summary).toMatch(/^[A-Z{].*\.$/)
  expect(alert.description).toMatch(/^[A-Z].*\.$/)
  const actions = [...`${alert.summary}${alert.description}`.matchAll(/\{\{ (.*?) \}\}/g)].map(
    ([, one]) => one,
  )
  expect(actions.filter((one) => !/^\$(labels\.\w+|value( \| \w+)?)$/.test(one ?? ''))).toEqual([])
})

test.each(alerts)('the runbook of $name is there, with the four headings', (alert) => {
  const { runbook_url: url } = annotationsOf(alert, links)
  const file = `runbooks/${kebab(alert.name)}.md`
  expect(url).toBe(`https://x/${file}`)
  expect(existsSync(file)).toBe(true)
  const text = readFileSync(file, 'utf8')
  expect(text.split('\n')[0]).toBe(`# ${alert.name}`)
  expect([...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)).toEqual([
    'Meaning',
    'Impact',
    'Diagnosis',
    'Mitigation',
  ])
})
