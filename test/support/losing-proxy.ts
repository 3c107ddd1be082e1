import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { parseRedisUrl } from '#kernel/redis/parse-redis-url.ts'

/** A way to Redis on which replies can be lost. */
export interface LosingProxy extends AsyncDisposable {
  readonly url: string
  /** Lets the next request that holds this text through, drops the reply and breaks the connection. */
  loseReplyTo(text: string): void
  /** How many replies were lost. */
  readonly lost: number
}

/** Stands before a Redis on a unix socket. */
export async function startLosingProxy(redisUrl: string): Promise<LosingProxy> {
  const folder = await temporaryFolder('losing-proxy')
  const path = join(folder.path, 'redis.sock')
  const sockets = new Set<Socket>()
  let target: string | null = null
  let lost = 0
  const server = createServer((client) => {
    const redis = connect(parseRedisUrl(redisUrl).path ?? '')
    let isLosing = false
    for (const socket of [client, redis]) {
      sockets.add(socket)
      socket.on('error', () => {})
    }
    client.on('data', (request: Buffer) => {
      if (target !== null && request.includes(target)) {
        target = null
        isLosing = true
      }
      redis.write(request)
    })
    redis.on('data', (reply: Buffer) => {
      if (!isLosing) return void client.write(reply)
      lost += 1
      redis.destroy()
      client.destroy()
    })
    client.on('close', () => redis.destroy())
    redis.on('close', () => client.destroy())
  })
  server.listen(path)
  await once(server, 'listening')
  return {
    url: `unix://${path}`,
    loseReplyTo(text) {
      target = text
    },
    get lost() {
      return lost
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await folder[Symbol.asyncDispose]()
    },
  }
}
