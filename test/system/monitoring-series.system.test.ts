import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeEach, expect, test } from 'vitest'
import { alerts } from '#alerts/rules/index.ts'
import { startChild } from '#kernel/process/child.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { DASHBOARDS } from '#monitoring/generated-files.ts'
import { cataloguedAs } from '#monitoring/metrics/catalogue.ts'
import { EXPORTER_METRICS } from '#monitoring/metrics/exporter-metrics.ts'
import { metricNamesIn } from '#monitoring/metrics/metric-names-in.ts'
import { REDIS_EXPORTER_METRICS } from '#monitoring/metrics/redis-exporter-metrics.ts'
import { missingTools, requireTool } from '#test/support/require-tool.ts'

const missing = missingTools('redis_exporter')
beforeEach((context) => context.skip(missing !== null, missing ?? ''))

/** A buffer at work: one entry read and not acknowledged, one waiting. */
async function startBuffer() {
  const server = await startPrivateRedis({ listen: 'loopback', config: { maxmemory: '100mb' } })
  const redis = await connectRedis(server.url, { name: 'test' })
  await redis.xadd('firehose_live', '*', 'event', '{}')
  await redis.xadd('firehose_live', '*', 'event', '{}')
  await redis.xgroup('CREATE', 'firehose_live', 'indexers', '0')
  await redis.xreadgroup('GROUP', 'indexers', 'one', 'COUNT', 1, 'STREAMS', 'firehose_live', '>')
  redis.disconnect()
  return server
}

async function seriesOf(url: string): Promise<Map<string, Set<string>>> {
  const text = await (await fetch(url)).text()
  const series = new Map<string, Set<string>>()
  for (const [, name = '', labels = ''] of text.matchAll(/^([a-z_:]\w*)(?:\{(.*)\})? /gm)) {
    const names = [...labels.matchAll(/(\w+)="/g)].map(([, label = '']) => label)
    series.set(name, new Set([...(series.get(name) ?? []), ...names]))
  }
  return series
}

async function startRedisExporter(redisUrl: string) {
  const port = await freePort()
  const child = await startChild(
    requireTool('redis_exporter'),
    [
      `-redis.addr=${redisUrl}`,
      `-web.listen-address=127.0.0.1:${port}`,
      '-check-single-streams=firehose_live',
    ],
    { name: 'redis_exporter' },
  )
  const url = `http://127.0.0.1:${port}/metrics`
  await until(async () => (await fetch(url)).ok, { within: seconds(15), what: 'redis_exporter' })
  return { url, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() }
}

async function startOurExporter(redisUrl: string) {
  const child = await startChild(
    process.execPath,
    ['cli.ts', 'exporter', '--redis-url', redisUrl, '--stream', 'firehose_live', '--metrics-port', '0'],
    { name: 'standpipe exporter' },
  )
  const line = await until(() => child.output.find((one) => one.includes('listening')), {
    within: seconds(15),
    what: 'standpipe exporter',
  })
  const { listening } = JSON.parse(line) as { listening: string }
  return { url: `${listening}/metrics`, child, [Symbol.asyncDispose]: () => child[Symbol.asyncDispose]() }
}

test('both real exporters serve every metric that the catalogue promises of them, with its labels', async () => {
  await using server = await startBuffer()
  await using theirs = await startRedisExporter(server.url)
  await using ours = await startOurExporter(server.url)
  const served = [
    { promised: REDIS_EXPORTER_METRICS, series: await seriesOf(theirs.url) },
    { promised: EXPORTER_METRICS, series: await seriesOf(ours.url) },
  ]
  for (const { promised, series } of served) {
    expect(promised.length).toBeGreaterThan(0)
    expect(promised.filter(({ name }) => !series.has(name)).map(({ name }) => name)).toEqual([])
    for (const { name, labels } of promised) expect(series.get(name)).toEqual(new Set(labels))
  }
  expect(served[0]?.series.has('redis_commands_duration_seconds_bucket')).toBe(false)
})

test('every series that an alert or a dashboard reads exists in one of them, or is of Prometheus or the pipeline', async () => {
  await using server = await startBuffer()
  await using theirs = await startRedisExporter(server.url)
  await using ours = await startOurExporter(server.url)
  const series = new Set([...(await seriesOf(theirs.url)).keys(), ...(await seriesOf(ours.url)).keys()])
  const queries = DASHBOARDS.flatMap(({ rows }) => rows)
    .flatMap(({ panels }) => panels)
    .flatMap((panel) => panel.queries)
  const read = new Set([...alerts, ...queries].flatMap(({ expr }) => metricNamesIn(expr)))
  expect(read.size).toBeGreaterThan(15)
  // Those of the pipeline are catalogued from its own declarations, each of which is seen to move elsewhere.
  const elsewhere = ['prometheus', 'pipeline']
  const fromElsewhere = (name: string) => cataloguedAs(name).some(({ source }) => elsewhere.includes(source))
  expect([...read].filter((name) => !series.has(name) && !fromElsewhere(name))).toEqual([])
})

test('our exporter needs no right to write, and leaves on SIGTERM', async () => {
  await using server = await startBuffer()
  const redis = await connectRedis(server.url, { name: 'test' })
  await redis.call(
    'ACL',
    'SETUSER',
    'watcher',
    'on',
    '>secret',
    '~*',
    '-@all',
    '+ping',
    '+info',
    '+xinfo',
    '+xpending',
  )
  redis.disconnect()
  await using ours = await startOurExporter(server.url.replace('redis://', 'redis://watcher:secret@'))
  const series = await seriesOf(ours.url)
  expect(EXPORTER_METRICS.filter(({ name }) => !series.has(name))).toEqual([])
  expect(ours.child.output.join('\n')).not.toContain('secret')
  await ours.child.kill('SIGTERM')
  expect(ours.child.exit).toBe(0)
})

test('redis_exporter is the one whose metrics we catalogued, or newer', async () => {
  const { stdout, stderr } = await promisify(execFile)(requireTool('redis_exporter'), ['-version'])
  const [, major, minor] = /v?(\d+)\.(\d+)\.\d+/.exec(stdout + stderr) ?? []
  expect(Number(major) * 1_000 + Number(minor)).toBeGreaterThanOrEqual(1_045)
})
