import { audit as auditRedis } from '#audit/audit.ts'
import { checks } from '#audit/checks/index.ts'
import { isLive } from '#audit/is-live.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import type { Alternative, Bench } from '../bench.ts'
import { median } from '../median.ts'
import { fillStream } from './fill-stream.ts'
import { keepEveryCommand, longestCommand } from './longest-command.ts'

const ROUNDS = 15
const LOAD = { entries: 1_000_000, entryBytes: 600, groups: 2 }

/** What an audit of a full buffer costs, and how long any command of it holds up the server. */
export const audit: Bench = {
  name: 'audit',
  title: `Audit ${LOAD.entries.toLocaleString('en')} entries, all pending in one group and in another`,

  async run({ signal, tell }) {
    await using server = await startPrivateRedis({ config: { appendonly: 'no' } })
    await using open = new AsyncDisposableStack()
    const redis = open.adopt(await connectRedis(server.url, { name: 'bench' }), (client) =>
      client.disconnect(),
    )
    const empty = await timeRounds('audit of an empty server', () => auditRedis(redis))
    tell('filling the stream')
    await fillStream(redis, LOAD, signal)
    await keepEveryCommand(redis)
    const whole = await timeRounds('audit, every check', () => auditRedis(redis))
    const live = await timeRounds('health, the live half', () =>
      auditRedis(redis, { checks: checks.filter(isLive) }),
    )
    const longest = await longestCommand(redis)
    tell(`longest command: ${longest.name}, ${longest.milliseconds} ms`)
    return {
      unit: 'audits/s',
      alternatives: [empty, whole, live],
      targets: [
        {
          promises: 'milliseconds that the whole audit takes',
          bound: 'under',
          limit: 500,
          measured: medianMilliseconds(whole),
        },
        {
          promises: 'milliseconds that any of its commands blocks the server, by SLOWLOG',
          bound: 'under',
          limit: 2,
          measured: longest.milliseconds,
        },
        {
          promises: 'command events of LATENCY, from 2 ms on',
          bound: 'under',
          limit: 1,
          measured: longest.latencyEvents,
        },
      ],
      method: [
        `${ROUNDS} rounds each over a unix socket, on a private redis-server without an append-only file`,
        `${LOAD.entries} entries of ${LOAD.entryBytes} bytes; each delivered in ${LOAD.groups} groups and acknowledged in none`,
        `the longest of ${longest.commands} commands of ${2 * ROUNDS} audits was ${longest.name}`,
      ],
    }

    async function timeRounds(name: string, run: () => Promise<unknown>): Promise<Alternative> {
      const rates: number[] = []
      for (let round = 0; round < ROUNDS; round++) {
        signal.throwIfAborted()
        const before = performance.now()
        await run()
        rates.push(1_000 / (performance.now() - before))
      }
      tell(`${name}: ${Math.round(medianMilliseconds({ rates }) ?? Number.NaN)} ms`)
      return { name, rates, maxRss: null }
    }
  },
}

function medianMilliseconds({ rates }: Pick<Alternative, 'rates'>): number | null {
  const rate = median(rates)
  return rate === null ? null : 1_000 / rate
}
