import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { systemClock } from '#kernel/time/clock.ts'
import { chooseStart } from './choose-start.ts'
import { type Emitted, runEmission } from './emission.ts'
import { errorFrame, messageFrame } from './frame.ts'
import { type FrameSource, frameSource, type RelayFrame } from './frame-source.ts'
import { type Journal, openJournal } from './journal.ts'
import { type RelayWindow, relayWindow } from './relay-window.ts'
import { POLICY_VIOLATION, type Subscriber, startSubscriber } from './subscriber.ts'

/** A relay on loopback that serves `com.atproto.sync.subscribeRepos`. Disposing of it closes every connection. */
export interface Relay extends AsyncDisposable {
  /** `ws://127.0.0.1:PORT`, without the path. */
  readonly url: string
  readonly emitted: Emitted
  readonly subscribers: number
  /** Resolves once the source is used up or the wanted number of events is out; rejects when emission failed. */
  waitUntilEmitted(): Promise<Emitted>
  /** Adds a frame to the window and the live tail, beside what the source emits; it is not journaled. */
  publish(frame: RelayFrame): void
  /** Sends bytes as they are to everyone connected now; nobody can ask for them again. */
  sendRaw(bytes: Uint8Array): void
  /** Closes every connection; new ones are welcome. 1006 cuts them without a close frame. */
  closeAll(code: number, reason?: string): void
}

export interface RelayOptions {
  /** Nothing is emitted without one, except by `publish` and `sendRaw`. */
  readonly source?: FrameSource
  /** Stream events per second by the clock; 0, the default, is as fast as subscribers take it. */
  readonly rate?: number
  /** Stream events after which emission stops; the source's end by default. */
  readonly events?: number
  /** 0, the default, picks a free one. */
  readonly port?: number
  /** What `?cursor=` can reach back to. */
  readonly windowBytes?: number
  /** File for one JSON line per event attempted; see `journal.ts`. */
  readonly journal?: string
}

const PATH = '/xrpc/com.atproto.sync.subscribeRepos'
const ABNORMAL = 1006

/** At rate 0 the slowest subscriber may be this far behind before emission waits for it. */
const MOST_BYTES_AHEAD = 4 << 20

export const DEFAULT_WINDOW_BYTES = 256 << 20

/** Starts serving, and emitting when there is a source; resolves once it listens. */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const { rate = 0, events = null, port = 0 } = options
  const window = relayWindow(options.windowBytes ?? DEFAULT_WINDOW_BYTES)
  const subscribers = new Set<Subscriber>()
  const server = new WebSocketServer({ host: '127.0.0.1', port, path: PATH, perMessageDeflate: false })
  const stop = new AbortController()
  let emitted: Emitted = { events: 0, frames: 0, lastSeq: 0, late: 0 }
  let wake: () => void = () => {}

  server.on('connection', (ws, request) => {
    const cursor = new URL(request.url ?? '', 'ws://relay').searchParams.get('cursor')
    const subscriber = admit(ws, request.socket, window, cursor)
    if (!subscriber) return
    subscribers.add(subscriber)
    request.socket.on('drain', () => wake())
    ws.on('close', () => {
      subscribers.delete(subscriber)
      wake()
    })
    subscriber.pump()
    wake()
  })
  await once(server, 'listening')
  const journal: Journal | null = options.journal === undefined ? null : await openJournal(options.journal)

  const publish = (frames: readonly RelayFrame[]): void => {
    for (const frame of frames) window.push(frame)
    for (const subscriber of subscribers) subscriber.pump()
  }
  const hasRoom = () =>
    subscribers.size > 0 &&
    [...subscribers].every(({ position }) => window.bytesFrom(position) < MOST_BYTES_AHEAD)

  const emission = runEmission(
    {
      source: options.source ?? frameSource([]),
      rate,
      events,
      clock: systemClock,
      signal: stop.signal,
      publish(frames) {
        journal?.write(frames.flatMap((frame) => frame.events))
        publish(frames)
      },
      async ready() {
        while (!hasRoom() && !stop.signal.aborted) await new Promise<void>((resolve) => (wake = resolve))
      },
    },
    (now) => (emitted = now),
  ).then(async () => {
    await journal?.finish(stop.signal.aborted ? null : emitted)
    return emitted
  })
  emission.catch(() => {})

  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get emitted() {
      return emitted
    },
    get subscribers() {
      return subscribers.size
    },
    waitUntilEmitted: () => emission,
    publish: (frame) => publish([frame]),
    sendRaw(bytes) {
      for (const subscriber of subscribers) subscriber.sendRaw(bytes)
    },
    closeAll(code, reason = '') {
      for (const subscriber of subscribers) {
        if (code === ABNORMAL) subscriber.terminate()
        else subscriber.close(code, reason)
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      wake()
      await emission.catch(() => {})
      const closed = new Promise((resolve) => server.close(resolve))
      for (const client of server.clients) client.terminate()
      await closed
    },
  }
}

function admit(
  ws: WebSocket,
  socket: Parameters<typeof startSubscriber>[1],
  window: RelayWindow,
  cursor: string | null,
): Subscriber | null {
  const start = chooseStart(cursor, window)
  if ('refused' in start) {
    ws.on('error', () => ws.terminate())
    ws.send(errorFrame(start.refused, start.because))
    ws.close(POLICY_VIOLATION, start.refused)
    return null
  }
  if (start.outdated) {
    ws.send(messageFrame('#info', { name: 'OutdatedCursor', message: 'events after the cursor are gone' }))
  }
  return startSubscriber(ws, socket, window, start.position)
}
