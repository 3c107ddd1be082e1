import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { WebSocketServer } from 'ws'
import { FIRST_SEQUENCE, floodFrames, numberFrames } from './flood-frames.ts'

/**
 * A process of its own that sends signed frames as fast as whoever subscribes takes them, for ever. Prints one
 * line once it listens: its URL, and how many frames and events one round of its frames has.
 */
const FRAMES = 12_000
const MOST_WAITING_BYTES = 1 << 20

const { chunks, frames, events } = floodFrames(FRAMES)
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })

server.on('connection', (_subscriber, request) => flood(request.socket))
await once(server, 'listening')
const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
process.stdout.write(`${JSON.stringify({ listening: url, frames, events })}\n`)

/** Writes to the socket itself: the messages are framed already. A chunk is long gone when its turn comes again. */
function flood(socket: Socket): void {
  let seq = FIRST_SEQUENCE
  let turn = 0
  const pour = () => {
    while (!socket.destroyed && socket.writableLength < MOST_WAITING_BYTES) {
      const chunk = chunks[turn++ % chunks.length]
      if (!chunk) return
      seq = numberFrames(chunk, seq)
      socket.write(chunk.bytes)
    }
  }
  socket.on('drain', pour)
  pour()
}
