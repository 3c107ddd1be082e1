import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, startChild } from '#kernel/process/child.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { findRedisServer } from '#kernel/redis/find-redis-server.ts'
import { until } from '#kernel/time/until.ts'

/** A Redis that was started with a file, as in earnest: `lines` are its `redis.conf` beside a socket and a folder. */
export interface RedisWithConfig extends AsyncDisposable {
  /** Its unix socket. */
  readonly url: string
  readonly dir: string
  readonly file: string
}

/** `prepare` writes what the file refers to into the folder before the server starts. */
export async function startRedisWithConfig(
  lines: readonly string[],
  { args = [], prepare = () => {} }: { args?: readonly string[]; prepare?: (dir: string) => void } = {},
): Promise<RedisWithConfig> {
  const folder = await temporaryFolder('redis')
  const file = join(folder.path, 'redis.conf')
  const socket = join(folder.path, 'redis.sock')
  const own = lines.some((line) => line.startsWith('port ')) ? [] : ['port 0']
  prepare(folder.path)
  writeFileSync(file, [...own, `unixsocket ${socket}`, `dir ${folder.path}`, ...lines, ''].join('\n'))
  const child: Child = await startChild(findRedisServer(), [file, ...args], {
    name: 'redis-server',
    cwd: folder.path,
  })
  const url = `unix://${socket}`
  await until(
    async () => {
      const probe = await connectRedis(url, { name: 'test', within: 1_000 })
      probe.disconnect()
      return true
    },
    { within: 10_000, what: `answer of redis-server (${child.output.join(' | ')})` },
  )
  return {
    url,
    dir: folder.path,
    file,
    async [Symbol.asyncDispose]() {
      await child.kill('SIGKILL')
      await folder[Symbol.asyncDispose]()
    },
  }
}
