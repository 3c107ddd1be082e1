import { Redis, type RedisOptions } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { seconds } from '#kernel/time/duration.ts'
import { toClientName } from './client-name.ts'
import { explainConnectError } from './explain-connect-error.ts'
import { parseRedisUrl } from './parse-redis-url.ts'
import { readTlsFiles } from './read-tls-files.ts'
import { redactUrl } from './redact-url.ts'

export interface ConnectOptions {
  /** Shown by CLIENT LIST together with our process, so that an operator sees who is connected. */
  readonly name: string
  /** A connection that blocks in XREADGROUP must not share its socket with commands; blocks for less than 10 s. */
  readonly blocking?: boolean
  /** How long to try before giving up, in milliseconds. */
  readonly within?: number
}

/**
 * A connected client that never duplicates, never queues without bound and never hangs: ioredis resends
 * after a lost reply, queues while offline and waits for ever on a half-open socket unless told otherwise.
 * It reconnects by itself; commands issued meanwhile reject at once. Throws `DependencyError` when the
 * server cannot be reached or refuses us, `UsageError` when the URL or a file that it names makes no sense.
 */
export async function connectRedis(url: string, options: ConnectOptions): Promise<Redis> {
  const client = new Redis({ ...(await optionsOf(url)), ...safeOptions(options) })
  let cause: Error | undefined
  client.on('error', (error: Error) => {
    cause ??= error
  })
  try {
    await connectWithin(client, options.within ?? seconds(5))
    return client
  } catch (error) {
    client.disconnect()
    const reason = cause ?? (error as Error)
    throw new DependencyError(
      `cannot reach Redis at ${redactUrl(url)}: ${explainConnectError(reason, url)}`,
      { cause: reason },
    )
  }
}

async function optionsOf(url: string): Promise<RedisOptions> {
  const { tls, ...address } = parseRedisUrl(url)
  return tls ? { ...address, tls: { ...tls, ...(await readTlsFiles(url)) } } : address
}

function safeOptions({ name, blocking = false, within = seconds(5) }: ConnectOptions): RedisOptions {
  return {
    connectionName: toClientName(name),
    lazyConnect: true,
    connectTimeout: within,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    // Zero rejects what was under way as soon as the connection breaks; null would leave it to the time-out.
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt, 6), 2_000),
    // blockingTimeout would answer for Redis with "nothing came" when this process was busy, and throw away the
    // reply: entries that were delivered would be lost on the way. A silent socket is broken off instead.
    ...(blocking ? { socketTimeout: seconds(10) } : { commandTimeout: seconds(10) }),
  }
}

async function connectWithin(client: Redis, within: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const timer = setTimeout(() => reject(new Error(`no answer within ${within} ms`)), within)
  const refused = (error: Error) => {
    if (/NOAUTH|WRONGPASS|NOPERM|invalid password/.test(error.message)) reject(error)
  }
  client.on('error', refused)
  client.once('ready', resolve)
  // A first refusal is final for the caller, who knows better than a back-off whether to try again.
  client.once('close', () => reject(new Error('connection closed')))
  client.connect().catch(reject)
  try {
    await promise
    await client.ping().catch((error: Error) => {
      if (/NOAUTH|WRONGPASS/.test(error.message)) throw error
    })
  } finally {
    clearTimeout(timer)
    client.off('error', refused)
  }
}
