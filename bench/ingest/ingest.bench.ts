import { type Child, startChild } from '#kernel/process/child.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import type { Alternative, Bench } from '../bench.ts'
import { ratio } from '../median.ts'
import { type Measured, measureIngester } from './measure-ingester.ts'

const ROUNDS = 3
const ROUND_LASTS = seconds(5)
const STREAM = 'bench'
const MEBIBYTE = 1_048_576

interface Way {
  readonly name: string
  start(relay: string, redisUrl: string): Promise<Child>
}

const OURS: Way = {
  name: 'standpipe ingest',
  start(relay, redisUrl) {
    const where = ['--relay', relay, '--redis-url', redisUrl, '--stream', STREAM, '--start', 'oldest']
    const limits = ['--high-water', '100000000', '--log-level', 'warn']
    return startChild(fileBeside('../../bin/standpipe'), ['ingest', ...where, ...limits], { name: this.name })
  },
}

const THEIRS: Way = {
  name: '@atproto/sync (unauthenticated) + ioredis pipeline',
  start(relay, redisUrl) {
    return startNode(this.name, [fileBeside('atproto-sync-ingester.ts'), relay, redisUrl, STREAM])
  },
}

/** How many events per second one process brings from a relay into Redis. */
export const ingest: Bench = {
  name: 'ingest',
  title: 'Ingest from a flooding relay over loopback WebSocket into a Redis with AOF everysec',

  async run({ signal, tell }) {
    await using server = await startPrivateRedis({ listen: 'loopback' })
    await using parts = new AsyncDisposableStack()
    const redis = parts.adopt(await connectRedis(server.url, { name: 'bench' }), (client) =>
      client.disconnect(),
    )
    tell('making signed frames')
    const relay = parts.use(await startNode('flood relay', [fileBeside('flood-relay.ts')]))
    const { listening, frames, events } = await announcement(relay, signal)
    const measured = new Map<Way, Measured[]>([
      [OURS, []],
      [THEIRS, []],
    ])
    for (let round = 1; round <= ROUNDS; round++) {
      for (const [way, results] of measured) {
        await redis.flushall()
        await using ingester = await way.start(listening, server.url)
        const result = await measureIngester(ingester, redis, STREAM, ROUND_LASTS, signal)
        results.push(result)
        tell(
          `round ${round} of ${ROUNDS}: ${way.name} ${Math.round(result.rate).toLocaleString('en')} events/s`,
        )
      }
    }
    const [ours, theirs] = [...measured].map(([{ name }, results]) => summarise(name, results))
    if (!ours || !theirs) throw new Error('nothing was measured')
    return {
      unit: 'events/s',
      alternatives: [ours, theirs],
      targets: [
        {
          promises: 'events per second against @atproto/sync, as a factor',
          bound: 'at-least',
          limit: 6,
          measured: ratio(ours.rates, theirs.rates),
        },
        {
          promises: 'most memory of our ingester, in MiB',
          bound: 'under',
          limit: 350,
          measured: ours.maxRss === null ? null : ours.maxRss / MEBIBYTE,
        },
      ],
      method: [
        `${ROUNDS} rounds of ${ROUND_LASTS / 1_000} s after a warm-up, one ingester after the other in each`,
        `${frames} signed frames with ${events} events, played over and over with new sequences`,
        'relay, ingester and Redis are processes of their own and share the machine',
        'both check the CIDs of records; @atproto/sync checks those of all blocks; neither checks signatures',
      ],
    }
  },
}

function summarise(name: string, results: readonly Measured[]): Alternative {
  const sizes = results.map(({ maxRss }) => maxRss).filter((size) => size !== null)
  return {
    name,
    rates: results.map(({ rate }) => rate),
    maxRss: sizes.length > 0 ? Math.max(...sizes) : null,
  }
}

function startNode(name: string, args: readonly string[]): Promise<Child> {
  return startChild(process.execPath, args, { name, grace: seconds(15) })
}

function fileBeside(path: string): string {
  return new URL(path, import.meta.url).pathname
}

interface Announcement {
  readonly listening: string
  readonly frames: number
  readonly events: number
}

async function announcement(relay: Child, signal: AbortSignal): Promise<Announcement> {
  const line = await until(() => relay.output.find((one) => one.startsWith('{"listening"')), {
    within: seconds(60),
    what: 'relay that listens',
    signal,
  })
  return JSON.parse(line) as Announcement
}
