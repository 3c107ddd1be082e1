import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { EVENT_FIELD } from '#pipeline/contract.ts'

/** What the C tool that comes with Redis says of a command. Times in milliseconds. */
export interface Benchmarked {
  readonly command: string
  readonly clients: number
  readonly payloadBytes: number
  readonly calls: number
  readonly callsPerSecond: number
  readonly p50: number
  readonly p99: number
}

const run = promisify(execFile)
const STREAM = 'standpipe:load:redis-benchmark'

/** Runs it on loopback for XADD, SET and GET; the keys are its own, on a server of ours. */
export async function runRedisBenchmark(
  tool: string,
  url: string,
  { clients, payloadBytes, calls }: Pick<Benchmarked, 'clients' | 'payloadBytes' | 'calls'>,
  signal: AbortSignal,
): Promise<Benchmarked[]> {
  const { hostname, port } = new URL(url)
  const value = 'event '.repeat(payloadBytes).slice(0, payloadBytes)
  const key = `${STREAM}:key`
  const commands = [
    ['XADD', STREAM, '*', EVENT_FIELD, value],
    ['SET', key, value],
    ['GET', key],
  ]
  const seen: Benchmarked[] = []
  for (const command of commands) {
    const flags = ['-h', hostname, '-p', port, '-c', String(clients), '-n', String(calls), '--csv']
    const { stdout } = await run(tool, [...flags, ...command], { signal })
    seen.push({ command: command[0] ?? '', clients, payloadBytes, calls, ...parseBenchmark(stdout) })
  }
  return seen
}

/** Reads the one line below the heading: name, calls/s, average, least, p50, p95, p99, most. Throws `TypeError` on anything else. */
export function parseBenchmark(csv: string): Pick<Benchmarked, 'callsPerSecond' | 'p50' | 'p99'> {
  const line = csv.trim().split('\n').at(-1) ?? ''
  const [callsPerSecond, , , p50, , p99] = line.split('","').slice(1).map(Number.parseFloat)
  if (callsPerSecond === undefined || p50 === undefined || p99 === undefined || Number.isNaN(p99))
    throw new TypeError(`not a line of redis-benchmark: ${line}`)
  return { callsPerSecond, p50, p99 }
}
