import { once } from 'node:events'
import { connect } from 'node:net'
import { parseRedisUrl } from '#kernel/redis/parse-redis-url.ts'

/** Whether a server answers PING with PONG at this moment: not while it still reads its files, and not over TLS. */
export async function answers(url: string): Promise<boolean> {
  const { path, host, port } = parseRedisUrl(url)
  const socket = path === undefined ? connect(port ?? 6379, host) : connect(path)
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [reply] = (await once(socket, 'data')) as [Buffer]
    return reply.toString('latin1').startsWith('+PONG')
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
