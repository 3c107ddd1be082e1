import { expect } from 'vitest'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { phaseSchema } from '#loadtest/arrivals/phase.ts'
import { readEntries } from '#loadtest/ledger/read-entries.ts'
import { defineScenario, type Flow } from '#loadtest/scenario.ts'
import { test } from '#test/support/redis.ts'
import { playIntoRedis } from './play-into-redis.ts'
import { playIntoRelay } from './play-into-relay.ts'

const aFlow = (lasts: number): Flow => {
  const phase = phaseSchema.parse({ name: 'load', lasts, arrivals: { shape: 'constant', rate: 400 } })
  const { flows } = defineScenario({
    id: 'tiny',
    title: 'A moment',
    asks: 'Is it played?',
    flows: [{ name: 'live', phases: [phase] }],
    groups: [{ name: 'nobody' }],
  })
  const [flow] = flows
  if (!flow) throw new RangeError('a scenario has a flow')
  return flow
}

const update = () => {}
const signal = AbortSignal.timeout(seconds(60))

test('a firehose into Redis leaves every event in the stream, readable, and says so', async ({
  server,
  redis,
}) => {
  const played = await playIntoRedis({
    flow: aFlow(0.3),
    seed: 1,
    update,
    signal,
    redisUrl: server.url,
    stream: 'live',
  })
  expect(played).toMatchObject({ planned: 120, sent: 120, acknowledged: 120, interrupted: null })
  expect(played.latencies?.count).toBe(120)
  const pages = await Array.fromAsync(readEntries(redis, 'live'))
  const sequences = pages.flat().map(({ seq }) => seq)
  expect(sequences).toEqual(Array.from({ length: 120 }, (_, place) => (sequences[0] ?? 0) + place))
})

test('ended early, it says how far it came', async ({ server, redis }) => {
  const stop = new AbortController()
  const playing = playIntoRedis({
    flow: aFlow(60),
    seed: 1,
    update,
    signal: stop.signal,
    redisUrl: server.url,
    stream: 'live',
  })
  await until(async () => (await redis.xlen('live')) > 0, { within: seconds(10), what: 'entry' })
  stop.abort(new Error('interrupted by a test'))
  const played = await playing
  expect(played.interrupted).toBe('interrupted by a test')
  expect(await redis.xlen('live')).toBe(played.acknowledged)
})

test('a firehose from a relay is sent as planned', async () => {
  let url = ''
  const played = await playIntoRelay({
    flow: aFlow(0.2),
    seed: 1,
    update,
    signal,
    port: 0,
    accounts: 20,
    stays: 0,
    onListening: (listening) => (url = listening),
  })
  expect(url).toMatch(/^ws:\/\/127\.0\.0\.1:\d+$/)
  expect(played).toMatchObject({ planned: 80, acknowledged: null, interrupted: null })
  expect(played.sent).toBeGreaterThanOrEqual(80)
})
