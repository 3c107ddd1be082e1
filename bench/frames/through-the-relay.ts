import { once } from 'node:events'
import { WebSocket } from 'ws'
import type { FrameSource } from '#loadtest/network/frame-source.ts'
import { startRelay } from '#loadtest/network/relay.ts'
import { syntheticNetwork } from '#loadtest/network/synthetic-network.ts'
import { ratePerSecond, type Worker } from '../in-turns.ts'

/** A subscriber that only counts, on a relay that makes up its frames. */
export function throughTheRelay(frames: number, accounts: number): Worker {
  const network = syntheticNetwork({ seed: 1, accounts })
  return {
    name: 'synthetic network, through the relay',
    async round() {
      await using relay = await startRelay({ source: first(frames, network) })
      return await ratePerSecond(frames, () => receive(relay.url, frames))
    },
  }
}

function first(frames: number, source: FrameSource): FrameSource {
  let left = frames
  return { next: (most) => (left-- > 0 ? source.next(most) : null) }
}

async function receive(url: string, frames: number): Promise<void> {
  const socket = new WebSocket(`${url}/xrpc/com.atproto.sync.subscribeRepos?cursor=0`)
  const all = Promise.withResolvers<void>()
  let received = 0
  socket.on('error', all.reject)
  socket.on('message', () => {
    received += 1
    if (received === frames) all.resolve()
  })
  await all.promise
  socket.close()
  await once(socket, 'close')
}
