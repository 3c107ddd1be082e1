import { expect, test } from 'vitest'
import * as contract from '#pipeline/contract.ts'
import { CATALOGUE } from './catalogue.ts'

test('every source is there', () => {
  const sources = new Set(CATALOGUE.map(({ source }) => source))
  expect([...sources].toSorted()).toEqual(['pipeline', 'prometheus', 'redis_exporter', 'standpipe exporter'])
})

test('what the pipeline declares is in the catalogue, every list of it', () => {
  const lists = Object.entries(contract).filter(([name]) => name.endsWith('_METRICS'))
  const declared = lists.flatMap(([, list]) => Object.values(list)).map(({ name }) => name)
  expect(lists.length).toBeGreaterThan(0)
  const known = CATALOGUE.filter(({ source }) => source === 'pipeline').map(({ name }) => name)
  expect(declared.filter((name) => !known.includes(name))).toEqual([])
})

test('a name means one thing, whoever exports it: same type, and one declaration per source', () => {
  for (const [name, metrics] of Map.groupBy(CATALOGUE, (metric) => metric.name)) {
    expect(new Set(metrics.map(({ type }) => type)).size, name).toBe(1)
    expect(new Set(metrics.map(({ source }) => source)).size, name).toBe(metrics.length)
  }
})

test.each(CATALOGUE)('$name ($source) is named as Prometheus wants it', ({ name, type, labels, help }) => {
  expect(name).toMatch(/^[a-z][a-z0-9_]*$/)
  expect(name.endsWith('_total')).toBe(type === 'counter')
  expect(name).not.toMatch(/_(ms|millis|kb|mb|minutes)(_|$)/)
  expect(new Set(labels).size).toBe(labels.length)
  expect(help).toMatch(/^\S.*\.$/)
})
