import type { Redis } from 'ioredis'

export interface LongestCommand {
  readonly name: string
  readonly milliseconds: number
  /** How many commands were looked at. */
  readonly commands: number
  /** Command events that the latency monitor kept: those of 2 ms and more. */
  readonly latencyEvents: number
}

type SlowEntry = readonly [id: number, at: number, microseconds: number, words: readonly string[]]

/** Commands that prepare or read the measurement itself. */
const OURS = ['slowlog', 'latency', 'eval']

/** From here on the slow log keeps every command and the latency monitor what takes 2 ms. */
export async function keepEveryCommand(redis: Redis): Promise<void> {
  await redis.config('SET', 'latency-monitor-threshold', '2')
  await redis.config('SET', 'slowlog-max-len', '100000')
  await redis.config('SET', 'slowlog-log-slower-than', '0')
  await redis.slowlog('RESET')
  await redis.call('LATENCY', 'RESET')
}

/** What the server itself says took longest since. */
export async function longestCommand(redis: Redis): Promise<LongestCommand> {
  const entries = (await redis.slowlog('GET', '-1')) as unknown as readonly SlowEntry[]
  const events = (await redis.call('LATENCY', 'LATEST')) as readonly (readonly [string])[]
  const ours = entries.filter(([, , , words]) => !OURS.includes(words[0]?.toLowerCase() ?? ''))
  const longest = ours.toSorted((a, b) => b[2] - a[2])[0]
  if (!longest) throw new Error('the slow log kept no command at all')
  return {
    name: longest[3].slice(0, 2).join(' '),
    milliseconds: longest[2] / 1_000,
    commands: ours.length,
    latencyEvents: events.filter(([name]) => name === 'command' || name === 'fast-command').length,
  }
}
