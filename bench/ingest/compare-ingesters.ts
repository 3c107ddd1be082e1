import { type Child, startChild } from '#kernel/process/child.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import type { Alternative, BenchContext } from '../bench.ts'
import type { FloodAnnouncement } from './flood-announcement.ts'
import { type Measured, measureIngester, type Round } from './measure-ingester.ts'

/** One ingester, started as a process of its own. */
export interface Way {
  readonly name: string
  start(relay: FloodAnnouncement, redisUrl: string): Promise<Child>
}

export const ROUNDS = 3
export const STREAM = 'bench'

/** Lets each bring what a flooding relay sends into Redis, one after the other in every round. */
export async function compareIngesters(
  ways: readonly Way[],
  round: Round,
  { signal, tell }: BenchContext,
): Promise<{ readonly alternatives: readonly Alternative[]; readonly flood: FloodAnnouncement }> {
  await using server = await startPrivateRedis({ listen: 'loopback' })
  await using parts = new AsyncDisposableStack()
  const redis = parts.adopt(await connectRedis(server.url, { name: 'bench' }), (client) =>
    client.disconnect(),
  )
  tell('making signed frames')
  const relay = parts.use(await startNode('flood relay', [fileBeside('flood-relay.ts')]))
  const flood = await announcement(relay, signal)
  const measured = ways.map((): Measured[] => [])
  for (let turn = 1; turn <= ROUNDS; turn++) {
    for (const [index, way] of ways.entries()) {
      await redis.flushall()
      await using ingester = await way.start(flood, server.url)
      const result = await measureIngester(ingester, redis, STREAM, round, signal)
      measured[index]?.push(result)
      const rate = Math.round(result.rate).toLocaleString('en')
      tell(`round ${turn} of ${ROUNDS}: ${way.name} ${rate} events/s`)
    }
  }
  return { alternatives: ways.map(({ name }, index) => summarise(name, measured[index] ?? [])), flood }
}

export function startNode(name: string, args: readonly string[]): Promise<Child> {
  return startChild(process.execPath, args, { name, grace: seconds(15) })
}

export function fileBeside(path: string): string {
  return new URL(path, import.meta.url).pathname
}

function summarise(name: string, results: readonly Measured[]): Alternative {
  const sizes = results.map(({ maxRss }) => maxRss).filter((size) => size !== null)
  return {
    name,
    rates: results.map(({ rate }) => rate),
    maxRss: sizes.length > 0 ? Math.max(...sizes) : null,
  }
}

async function announcement(relay: Child, signal: AbortSignal): Promise<FloodAnnouncement> {
  const line = await until(() => relay.output.find((one) => one.startsWith('{"listening"')), {
    within: seconds(60),
    what: 'relay that listens',
    signal,
  })
  return JSON.parse(line) as FloodAnnouncement
}
