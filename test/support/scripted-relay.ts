import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { anErrorFrame } from './firehose-frames.ts'

/** One message of the script; without a sequence it comes after the one before it. */
export interface ScriptedMessage {
  readonly seq: number | null
  readonly bytes: Buffer
}

/** A relay on loopback that says what a test wants it to say, and remembers how it was asked. */
export interface ScriptedRelay extends AsyncDisposable {
  readonly url: string
  /** The cursor of every subscription so far; `null` when none was given. */
  readonly cursors: readonly (number | null)[]
  readonly subscribers: number
  /** Adds to what is replayed, and sends it to everybody who is subscribed. */
  say(...messages: readonly ScriptedMessage[]): void
  /** Sends something that is not replayed. */
  remark(bytes: Buffer): void
  /** Ends every subscription with a close code; 1006 breaks the connection instead. */
  hangUp(code: number): void
}

export interface ScriptedRelayOptions {
  /** As some relays do, begins a replay with the cursor's own sequence. */
  readonly inclusive?: boolean
  /** Refuses cursors beyond this sequence, as a relay that has not come so far. */
  readonly futureBeyond?: number
  /** Answers no ping. */
  readonly deaf?: boolean
}

export async function startScriptedRelay(options: ScriptedRelayOptions = {}): Promise<ScriptedRelay> {
  const script: { position: number; bytes: Buffer }[] = []
  const cursors: (number | null)[] = []
  const http = createServer((_request, response) => response.writeHead(404).end())
  const server = new WebSocketServer({ server: http, autoPong: !options.deaf })
  const send = (socket: WebSocket, bytes: Buffer) => socket.send(bytes)
  server.on('connection', (socket, request) => {
    const text = new URL(request.url ?? '/', 'http://relay').searchParams.get('cursor')
    const cursor = text === null ? null : Number(text)
    cursors.push(cursor)
    if (cursor === null) return
    if (cursor > (options.futureBeyond ?? Infinity)) {
      send(socket, anErrorFrame('FutureCursor'))
      return socket.close(1008)
    }
    const from = options.inclusive ? cursor : cursor + 1
    for (const { position, bytes } of script) if (position >= from) send(socket, bytes)
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  return {
    url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}`,
    cursors,
    get subscribers() {
      return server.clients.size
    },
    say(...messages) {
      for (const { seq, bytes } of messages) {
        script.push({ position: seq ?? script.at(-1)?.position ?? 0, bytes })
        for (const socket of server.clients) send(socket, bytes)
      }
    },
    remark(bytes) {
      for (const socket of server.clients) send(socket, bytes)
    },
    hangUp(code) {
      for (const socket of server.clients) {
        if (code === 1006) socket.terminate()
        else socket.close(code)
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of server.clients) socket.terminate()
      server.close()
      http.close()
      await once(http, 'close')
    },
  }
}
