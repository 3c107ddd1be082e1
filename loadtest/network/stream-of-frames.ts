import type { Socket } from 'node:net'
import type { WebSocket } from 'ws'
import { chooseStart } from './choose-start.ts'
import { errorFrame, messageFrame } from './frame.ts'
import type { RelayFrame } from './frame-source.ts'
import { type RelayWindow, relayWindow } from './relay-window.ts'
import { POLICY_VIOLATION, type Subscriber, startSubscriber } from './subscriber.ts'

/** One stream of a relay: a window of frames, and everyone who reads them. */
export interface StreamOfFrames {
  readonly subscribers: ReadonlySet<Subscriber>
  push(frames: readonly RelayFrame[]): void
  /** Takes a connection at its cursor, or refuses it in the words of the protocol. */
  admit(ws: WebSocket, socket: Socket, cursor: string | null): void
  /** Whether nobody is further behind than so many bytes, and somebody reads. */
  isRead(mostBytesAhead: number): boolean
}

/** `onRoom` is called whenever somebody may have taken something, come or gone. */
export function streamOfFrames(windowBytes: number, onRoom: () => void): StreamOfFrames {
  const window = relayWindow(windowBytes)
  const subscribers = new Set<Subscriber>()
  return {
    subscribers,
    push(frames) {
      for (const frame of frames) window.push(frame)
      for (const subscriber of subscribers) subscriber.pump()
    },
    admit(ws, socket, cursor) {
      const subscriber = begin(ws, socket, window, cursor)
      if (!subscriber) return
      subscribers.add(subscriber)
      socket.on('drain', onRoom)
      ws.on('close', () => {
        subscribers.delete(subscriber)
        onRoom()
      })
      subscriber.pump()
      onRoom()
    },
    isRead: (mostBytesAhead) =>
      subscribers.size > 0 &&
      [...subscribers].every(({ position }) => window.bytesFrom(position) < mostBytesAhead),
  }
}

function begin(ws: WebSocket, socket: Socket, window: RelayWindow, cursor: string | null): Subscriber | null {
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
