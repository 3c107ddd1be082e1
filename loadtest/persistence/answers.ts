import { once } from 'node:events'
import { connect } from 'node:net'
import { parseRedisUrl } from '#kernel/redis/parse-redis-url.ts'
import { seconds } from '#kernel/time/duration.ts'

const PATIENCE = seconds(1)

/** Whether a server answers PING with PONG at this moment: not while it still reads its files, and not over TLS. */
export async function answers(url: string): Promise<boolean> {
  const { path, host, port } = parseRedisUrl(url)
  const socket = path === undefined ? connect(port ?? 6379, host) : connect(path)
  try {
    await once(socket, 'connect')
    socket.write('PING\r\n')
    const [reply] = (await once(socket, 'data', { signal: AbortSignal.timeout(PATIENCE) })) as [Buffer]
    return reply.toString('latin1').startsWith('+PONG')
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}
