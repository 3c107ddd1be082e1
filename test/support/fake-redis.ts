import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'

/** A server before a real one: it can lack commands, and cut its answers off. */
export interface FakeRedis extends AsyncDisposable {
  readonly url: string
}

export interface FakeRedisOptions {
  /** Commands, or commands with their subcommand, that it does not know: `XINFO`, `CONFIG GET`. */
  readonly lacks?: readonly string[]
  /** Ends the connection in the middle of the answer to this command. */
  readonly cutsOff?: string
}

/** Speaks RESP2 to whoever connects, and asks `upstream` what it does not refuse by itself. */
export async function startFakeRedis(upstream: Redis, options: FakeRedisOptions): Promise<FakeRedis> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {})
    // Whoever leaves in the middle ends the reading with an error that says just that.
    serve(socket, upstream, options).catch(() => socket.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

async function serve(socket: Socket, upstream: Redis, { lacks = [], cutsOff }: FakeRedisOptions) {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk as Buffer])
    for (let parsed = parseCommand(rest); parsed !== null; parsed = parseCommand(rest)) {
      rest = rest.subarray(parsed.length)
      const named = parsed.words.slice(0, 2).join(' ').toUpperCase()
      const is = (name: string) => named === name || named.startsWith(`${name} `)
      if (cutsOff !== undefined && is(cutsOff)) {
        const whole = encode(await ask(upstream, parsed.words))
        socket.write(whole.subarray(0, Math.ceil(whole.length / 2)))
        socket.destroy()
        return
      }
      socket.write(
        lacks.some(is)
          ? `-ERR unknown command '${parsed.words[0]}', with args beginning with: \r\n`
          : encode(await ask(upstream, parsed.words)),
      )
    }
  }
}

async function ask(upstream: Redis, words: readonly string[]): Promise<unknown> {
  const [command = '', ...args] = words
  try {
    return await upstream.callBuffer(command, ...args)
  } catch (error) {
    if (isReplyError(error)) return error
    throw error
  }
}

/** `*2\r\n$4\r\nPING\r\n…`; `null` while it is not whole. */
function parseCommand(bytes: Buffer): { readonly words: string[]; readonly length: number } | null {
  const words: string[] = []
  let at = 0
  const line = (): string | null => {
    const end = bytes.indexOf('\r\n', at)
    if (end < 0) return null
    const text = bytes.toString('latin1', at, end)
    at = end + 2
    return text
  }
  const head = line()
  if (head === null) return null
  for (let left = Number(head.slice(1)); left > 0; left--) {
    const size = line()
    if (size === null) return null
    const length = Number(size.slice(1))
    if (bytes.length < at + length + 2) return null
    words.push(bytes.toString('latin1', at, at + length))
    at += length + 2
  }
  return { words, length: at }
}

function encode(reply: unknown): Buffer {
  if (reply === null || reply === undefined) return Buffer.from('$-1\r\n')
  if (typeof reply === 'number') return Buffer.from(`:${reply}\r\n`)
  if (reply instanceof Error) return Buffer.from(`-${reply.message}\r\n`)
  if (Array.isArray(reply)) return Buffer.concat([Buffer.from(`*${reply.length}\r\n`), ...reply.map(encode)])
  const bytes = Buffer.isBuffer(reply)
    ? reply
    : Buffer.from(typeof reply === 'string' ? reply : JSON.stringify(reply))
  return Buffer.concat([Buffer.from(`$${bytes.length}\r\n`), bytes, Buffer.from('\r\n')])
}
