import { hostOf } from '#pipeline/dialects/host-of.ts'

/** Each of several hosts as the WebSocket URL that it is subscribed to at, with commas between. */
export function toRelays(hosts: string): string {
  const named = hosts.split(',').flatMap((host) => host.trim() || [])
  const urls = named.map((host) => `${/^(http|ws):\/\//i.test(host) ? 'ws' : 'wss'}://${hostOf(host)}`)
  return [...new Set(urls)].join(',')
}

/** The first of several hosts, as the WebSocket URL that it is subscribed to at. */
export function toRelay(hosts: string): string {
  return toRelays(hosts).split(',')[0] ?? ''
}

/** `host:port` of a Redis as a URL. */
export function toRedisUrl(hostAndPort: string): string {
  return hostAndPort.includes('://') ? hostAndPort : `redis://${hostAndPort}`
}

/** A number of messages worked on at once as a number of lanes: each of ours takes whole batches, on a connection of its own. */
export function toLanes(concurrency: string): string {
  return atMost(16)(concurrency)
}

/** The number, or `limit` where it is more; what is no number stays as it is, to be refused. */
export function atMost(limit: number): (text: string) => string {
  return (text) => (Number(text) > limit ? String(limit) : text)
}

/** A log level of Python or Node as one of ours. */
export function toLogLevel(level: string): string {
  const word = level.toLowerCase()
  return LEVELS[word] ?? word
}

const LEVELS: Readonly<Record<string, string>> = {
  trace: 'debug',
  verbose: 'debug',
  warning: 'warn',
  critical: 'error',
  fatal: 'error',
}
