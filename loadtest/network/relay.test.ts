import { once } from 'node:events'
import { decodeFirst } from '@atcute/cbor'
import { expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { messageFrame } from './frame.ts'
import { frameSource, type RelayFrame } from './frame-source.ts'
import { type Relay, startRelay } from './relay.ts'

interface Got {
  readonly header: { op: number; t?: string }
  readonly body: Record<string, unknown>
}

interface Listener extends AsyncDisposable {
  readonly got: Got[]
  readonly socket: WebSocket
  readonly closed: Promise<number>
}

function anIdentity(seq: number, padding = 0): RelayFrame {
  const time = new Date(seq).toISOString()
  const did = `did:plc:${'x'.repeat(24)}`
  return {
    seq,
    bytes: messageFrame('#identity', { seq, did, time, ...(padding ? { handle: 'x'.repeat(padding) } : {}) }),
    events: [{ seq, did, action: 'identity', time }],
  }
}

const identities = (count: number, padding = 0) =>
  Array.from({ length: count }, (_, index) => anIdentity(index + 1, padding))

async function listen({ url }: Relay, query = ''): Promise<Listener> {
  const socket = new WebSocket(`${url}/xrpc/com.atproto.sync.subscribeRepos${query}`)
  const got: Got[] = []
  socket.on('message', (bytes: Buffer) => {
    const [header, rest] = decodeFirst(bytes)
    got.push({ header, body: decodeFirst(rest)[0] } as Got)
  })
  const closed = once(socket, 'close').then(([code]) => code as number)
  await once(socket, 'open')
  return {
    got,
    socket,
    closed,
    async [Symbol.asyncDispose]() {
      socket.terminate()
      await closed
    },
  }
}

const seqs = ({ got }: Listener) => got.map(({ body }) => body['seq'])

const enough = (listener: Listener, count: number) =>
  until(() => listener.got.length >= count, { within: seconds(5), what: `${count} frames` })

test('a subscriber at rate 0 gets every frame of the source, in order', async () => {
  await using relay = await startRelay({ source: frameSource(identities(1_000)) })
  await using listener = await listen(relay)

  expect(await relay.waitUntilEmitted()).toEqual({ events: 1_000, frames: 1_000, lastSeq: 1_000, late: 0 })
  await enough(listener, 1_000)
  expect(seqs(listener)).toEqual(identities(1_000).map(({ seq }) => seq))
})

test('emission stops after the wanted number of events and serving goes on', async () => {
  await using relay = await startRelay({ source: frameSource(identities(100)), rate: 100_000, events: 7 })
  await relay.waitUntilEmitted()
  await using listener = await listen(relay, '?cursor=0')
  await enough(listener, 7)
  relay.publish(anIdentity(500))
  await enough(listener, 8)

  expect(seqs(listener)).toEqual([1, 2, 3, 4, 5, 6, 7, 500])
})

test.each([
  { query: '?cursor=0', first: 1 },
  { query: '?cursor=4', first: 5 },
  { query: '?cursor=10', first: 11 },
  { query: '', first: 11 },
])('with "$query" the first event is $first', async ({ query, first }) => {
  await using relay = await startRelay()
  for (const frame of identities(10)) relay.publish(frame)
  await using listener = await listen(relay, query)
  await until(() => relay.subscribers === 1, { within: seconds(5), what: 'subscriber' })
  relay.publish(anIdentity(11))
  await enough(listener, 12 - first)

  expect(seqs(listener)[0]).toBe(first)
})

test('a cursor in the future is refused with an error frame and closed', async () => {
  await using relay = await startRelay()
  relay.publish(anIdentity(3))
  await using listener = await listen(relay, '?cursor=4')

  expect(await listener.closed).toBe(1008)
  expect(listener.got).toEqual([
    { header: { op: -1 }, body: { error: 'FutureCursor', message: expect.stringContaining('4') as string } },
  ])
})

test('a cursor that has left the window is told so and begins at the oldest event', async () => {
  await using relay = await startRelay({ windowBytes: 2_000 })
  for (const frame of identities(100, 100)) relay.publish(frame)
  await using listener = await listen(relay, '?cursor=1')
  await enough(listener, 2)

  expect(listener.got[0]).toMatchObject({ header: { t: '#info' }, body: { name: 'OutdatedCursor' } })
  expect(seqs(listener)[1]).toBeGreaterThan(80)
  await using oldest = await listen(relay, '?cursor=0')
  await enough(oldest, 1)
  expect(seqs(oldest)[0]).toBe(seqs(listener)[1])
})

test('whoever stops reading is kicked once the window has moved on, and others are not', async () => {
  await using relay = await startRelay({ windowBytes: 2 << 20 })
  await using slow = await listen(relay)
  await using quick = await listen(relay)
  slow.socket.pause()
  for (let seq = 1; seq <= 200; seq += 1) {
    relay.publish(anIdentity(seq, 60_000))
    if (seq % 10 === 0) await enough(quick, seq)
  }
  slow.socket.resume()

  expect(await slow.closed).toBe(1008)
  expect(slow.got.at(-1)?.body).toMatchObject({ error: 'ConsumerTooSlow' })
  expect(quick.got).toHaveLength(200)
  expect(quick.socket.readyState).toBe(WebSocket.OPEN)
})

test('raw bytes reach who is connected, and connections close with the wanted code', async () => {
  await using relay = await startRelay()
  await using listener = await listen(relay)
  listener.socket.removeAllListeners('message')
  const raw = once(listener.socket, 'message') as Promise<[Buffer]>
  await until(() => relay.subscribers === 1, { within: seconds(5), what: 'subscriber' })
  relay.sendRaw(Buffer.from('not a frame'))
  const [bytes] = await raw
  relay.closeAll(1001)

  expect(bytes.toString()).toBe('not a frame')
  expect(await listener.closed).toBe(1001)
})
