import { join } from 'node:path'
import { DependencyError } from '#kernel/errors.ts'
import { type Child, startChild } from '#kernel/process/child.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { connectRedis } from './connect-redis.ts'
import { findRedisServer } from './find-redis-server.ts'

/** A Redis of our own in a folder of its own, configured for a buffer that must not lose data. */
export interface PrivateRedis extends AsyncDisposable {
  readonly url: string
  /** Holds the append-only file; removed on disposal. */
  readonly dir: string
  /** `null` while the server is down. */
  readonly pid: number | null
  /** Ends the server with a signal and waits until it is gone. SIGKILL is what a drill wants. */
  kill(signal: NodeJS.Signals): Promise<void>
  /** Starts the server again on the same address and data; waits until it has loaded and answers. */
  start(): Promise<void>
}

export interface PrivateRedisOptions {
  /** A unix socket needs no port and cannot collide; loopback is for what speaks TCP only. */
  readonly listen?: 'socket' | 'loopback'
  /** Configuration on top of ours, by redis.conf name. */
  readonly config?: Readonly<Record<string, string>>
  /** The server to run; by default the one that `findRedisServer` finds. */
  readonly binary?: string
}

const BUFFER_CONFIG = {
  save: '',
  appendonly: 'yes',
  appendfsync: 'everysec',
  'aof-timestamp-enabled': 'yes',
  'auto-aof-rewrite-min-size': '1gb',
  'maxmemory-policy': 'noeviction',
  'maxmemory-clients': '10%',
  'latency-monitor-threshold': '100',
  daemonize: 'no',
}

/** Starts it and waits until it answers. Throws `DependencyError` when there is no `redis-server`. */
export async function startPrivateRedis(options: PrivateRedisOptions = {}): Promise<PrivateRedis> {
  const binary = options.binary ?? findRedisServer()
  const folder = await temporaryFolder('redis')
  const address = options.listen === 'loopback' ? await loopback() : socket(folder.path)
  const config = { ...BUFFER_CONFIG, dir: folder.path, ...address.config, ...options.config }
  const args = Object.entries(config).flatMap(([name, value]) => [`--${name}`, value])
  let child: Child | null = null

  const server: PrivateRedis = {
    url: address.url,
    dir: folder.path,
    get pid() {
      return child?.pid ?? null
    },
    async start() {
      if (child) return
      const started = await startChild(binary, args, { name: 'redis-server', cwd: folder.path })
      child = started
      void started.ended.then(() => {
        if (child === started) child = null
      })
      await untilLoaded(address.url, started)
    },
    async kill(signal) {
      await child?.kill(signal)
    },
    async [Symbol.asyncDispose]() {
      await child?.kill('SIGKILL')
      await folder[Symbol.asyncDispose]()
    },
  }
  try {
    await server.start()
    return server
  } catch (error) {
    await server[Symbol.asyncDispose]()
    throw error
  }
}

async function untilLoaded(url: string, child: Child): Promise<void> {
  await until(
    async () => {
      if (child.exit !== null) return true
      const probe = await connectRedis(url, { name: 'standpipe-probe', within: seconds(2) })
      probe.disconnect()
      return true
    },
    { within: seconds(60), what: 'answer from our own redis-server' },
  )
  if (child.exit !== null) {
    throw new DependencyError(`our own redis-server ended at once: ${child.output.slice(-3).join(' | ')}`)
  }
}

function socket(dir: string) {
  const path = join(dir, 'redis.sock')
  return { url: `unix://${path}`, config: { port: '0', unixsocket: path } }
}

async function loopback() {
  const port = await freePort()
  return { url: `redis://127.0.0.1:${port}`, config: { port: String(port), bind: '127.0.0.1' } }
}
