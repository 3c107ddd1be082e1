import { once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { formatDidKey } from '@atproto/crypto'
import { WebSocketServer } from 'ws'
import { startPlcHost } from '#loadtest/network/hosts/plc-host.ts'
import type { FloodAnnouncement } from './flood-announcement.ts'
import { FIRST_SEQUENCE, floodFrames, numberFrames } from './flood-frames.ts'

/**
 * A process of its own that sends signed frames as fast as whoever subscribes takes them, for ever. Prints one
 * line once it listens, a `FloodAnnouncement`.
 */
const FRAMES = 12_000
const MOST_WAITING_BYTES = 1 << 20

const { chunks, frames, events, accounts } = floodFrames(FRAMES)
const plc = await startPlcHost()
for (const { did, key } of accounts) {
  const algorithm = key.curve === 'p256' ? 'ES256' : 'ES256K'
  plc.forge(did, documentOf(did, formatDidKey(algorithm, key.publicKey())))
}
const server = new WebSocketServer({ host: '127.0.0.1', port: 0, perMessageDeflate: false })

server.on('connection', (_subscriber, request) => flood(request.socket))
await once(server, 'listening')
const url = `ws://127.0.0.1:${(server.address() as AddressInfo).port}`
const announced: FloodAnnouncement = { listening: url, plc: plc.url, frames, events }
process.stdout.write(`${JSON.stringify(announced)}\n`)

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

function documentOf(did: string, didKey: string): object {
  const [, publicKeyMultibase = ''] = /^did:key:(.+)$/.exec(didKey) ?? []
  const method = { id: `${did}#atproto`, type: 'Multikey', controller: did, publicKeyMultibase }
  const host = {
    id: '#atproto_pds',
    type: 'AtprotoPersonalDataServer',
    serviceEndpoint: 'https://pds.example.com',
  }
  return { id: did, verificationMethod: [method], service: [host] }
}
