import { findExecutable } from '#kernel/process/find-executable.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import type { Alternative, Bench, Contender } from '../bench.ts'
import { ratio } from '../median.ts'
import { runRounds } from '../run-rounds.ts'
import { appendScript } from './append-script.ts'
import { pipelineOfXadds } from './pipeline-of-xadds.ts'
import { redisBenchmark } from './redis-benchmark.ts'

const ROUNDS = 7
const LOAD = { entries: 200_000, entryBytes: 600, batchEntries: 500 }

/** How fast entries go into a stream: our append against what there is besides. */
export const append: Bench = {
  name: 'append',
  title: `Append entries of ${LOAD.entryBytes} bytes in batches of ${LOAD.batchEntries}`,

  async run(context) {
    await using server = await startPrivateRedis({ listen: 'loopback', config: { appendonly: 'no' } })
    await using parts = new AsyncDisposableStack()
    const redis = parts.adopt(await connectRedis(server.url, { name: 'bench' }), (client) =>
      client.disconnect(),
    )
    const tool = findExecutable('redis-benchmark')
    const contenders: Contender[] = [appendScript(LOAD), pipelineOfXadds(LOAD)]
    if (tool) contenders.push(redisBenchmark(tool, server.url, LOAD))
    const alternatives = await runRounds(redis, contenders, ROUNDS, context)
    return {
      unit: 'entries/s',
      alternatives,
      targets: [
        {
          promises: 'our append against redis-benchmark -P 500',
          bound: 'at-least',
          limit: 0.9,
          measured: ratio(ratesOf(alternatives, 'append'), ratesOf(alternatives, 'redis-benchmark')),
        },
        {
          promises: 'our append against an ioredis pipeline',
          bound: 'at-least',
          limit: 1.5,
          measured: ratio(ratesOf(alternatives, 'append'), ratesOf(alternatives, 'pipeline')),
        },
      ],
      method: [
        `${ROUNDS} rounds, the alternatives one after the other in each, ${LOAD.entries} entries each time`,
        'a private redis-server without an append-only file, over loopback TCP',
        ...(tool ? [] : ['redis-benchmark is not installed (Debian: apt-get install redis-tools): skipped']),
      ],
    }
  },
}

function ratesOf(alternatives: readonly Alternative[], start: string): readonly number[] {
  return alternatives.find(({ name }) => name.startsWith(start))?.rates ?? []
}
