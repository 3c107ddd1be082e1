import { createServer, type Socket } from 'node:net'
import { parentPort } from 'node:worker_threads'
import { readCommand } from './read-command.ts'
import { replyTo } from './reply-to.ts'

/** A Redis that stores nothing and agrees with everything, in a thread of its own: what is left is the client. */
const server = createServer((socket) => serve(socket))
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  parentPort?.postMessage(typeof address === 'object' && address ? address.port : 0)
})

function serve(socket: Socket): void {
  let waiting: Buffer = Buffer.alloc(0)
  socket.on('error', () => {})
  socket.on('data', (chunk: Buffer) => {
    const bytes = waiting.length > 0 ? Buffer.concat([waiting, chunk]) : chunk
    let at = 0
    let replies = ''
    for (let command = readCommand(bytes, at); command; command = readCommand(bytes, at)) {
      replies += replyTo(command.words)
      at = command.end
    }
    waiting = bytes.subarray(at)
    if (replies) socket.write(replies)
  })
}
