import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Contender } from '../bench.ts'
import { mustHold } from './append-script.ts'
import type { Load } from './load.ts'

const run = promisify(execFile)

/** The C tool that comes with Redis, on one connection. */
export function redisBenchmark(
  tool: string,
  url: string,
  { entries, entryBytes, batchEntries }: Load,
): Contender {
  const { hostname, port } = new URL(url)
  const value = 'event '.repeat(entryBytes).slice(0, entryBytes)
  const counts = ['-c', '1', '-P', String(batchEntries), '-n', String(entries)]
  return {
    name: `redis-benchmark -P ${batchEntries} (C)`,
    async round(redis) {
      const { stdout } = await run(tool, [
        '-h',
        hostname,
        '-p',
        port,
        ...counts,
        '--csv',
        'xadd',
        'bench',
        '*',
        'event',
        value,
      ])
      await mustHold(entries, redis.xlen('bench'))
      return parseRate(stdout)
    },
  }
}

/** The rate is the second column of the only line that is not a heading. */
function parseRate(csv: string): number {
  const rate = Number(csv.trim().split('\n').at(-1)?.split('","')[1])
  if (!Number.isFinite(rate)) throw new Error(`not a rate of redis-benchmark: ${csv}`)
  return rate
}
