import { expect, test } from 'vitest'
import { DependencyError } from '#kernel/errors.ts'
import type { ReadinessProbe } from '#kernel/http/readiness.ts'
import { serve } from '#kernel/http/serve.ts'
import { declaredMetrics } from './declared-metrics.ts'

const declarations = {
  eaten: { name: 'standpipe_test_eaten_total', type: 'counter', help: 'Apples eaten.', labels: ['kind'] },
  left: { name: 'standpipe_test_left', type: 'gauge', help: 'Apples left.', labels: [] },
  took: {
    name: 'standpipe_test_took_seconds',
    type: 'histogram',
    help: 'Seconds per apple.',
    labels: [],
    buckets: [0.5, 1],
  },
} as const

const get = async (url: string) => {
  const response = await fetch(url, { headers: { connection: 'close' } })
  return { status: response.status, text: await response.text() }
}

test('metrics are what was declared and measured', async () => {
  const { registry, metrics } = declaredMetrics(declarations)
  await using served = await serve({ port: 0, registry, probes: [] })
  metrics.eaten.inc({ kind: 'red' }, 2)
  metrics.took.observe(0.7)
  const { status, text } = await get(`${served.url}/metrics`)
  expect(status).toBe(200)
  expect(text).toContain('standpipe_test_eaten_total{kind="red"} 2')
  expect(text).toContain('standpipe_test_took_seconds_bucket{le="0.5"} 0')
})

test('a gauge that nobody set has no sample, rather than a zero', async () => {
  const { registry, metrics } = declaredMetrics(declarations)
  expect(await registry.metrics()).not.toMatch(/^standpipe_test_left /m)
  metrics.left.set(0)
  expect(await registry.metrics()).toMatch(/^standpipe_test_left 0$/m)
})

test('readiness names every probe, and one that throws is not ready', async () => {
  let fault = true
  const probes: ReadinessProbe[] = [
    { name: 'redis', check: () => null },
    {
      name: 'relay',
      check: () => {
        if (fault) throw new Error('not connected')
        return null
      },
    },
  ]
  const { registry } = declaredMetrics({})
  await using served = await serve({ port: 0, registry, probes })
  const before = await get(`${served.url}/readyz`)
  expect(before.status).toBe(503)
  expect(JSON.parse(before.text)).toEqual({ ready: false, probes: { redis: null, relay: 'not connected' } })
  fault = false
  expect((await get(`${served.url}/readyz`)).status).toBe(200)
  expect((await get(`${served.url}/healthz`)).status).toBe(200)
  expect((await get(`${served.url}/elsewhere`)).status).toBe(404)
})

test('a taken port is a sentence, not a stack', async () => {
  const { registry } = declaredMetrics({})
  await using first = await serve({ port: 0, registry, probes: [] })
  const port = Number(new URL(first.url).port)
  await expect(serve({ port, registry, probes: [] })).rejects.toThrow(DependencyError)
})

test('the port is free once it is disposed of', async () => {
  const { registry } = declaredMetrics({})
  const first = await serve({ port: 0, registry, probes: [] })
  await first[Symbol.asyncDispose]()
  await using again = await serve({ port: Number(new URL(first.url).port), registry, probes: [] })
  expect(again.url).toBe(first.url)
})
