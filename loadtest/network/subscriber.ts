import type { Socket } from 'node:net'
import { WebSocket } from 'ws'
import { errorFrame } from './frame.ts'
import type { RelayWindow } from './relay-window.ts'

/** One connection that reads the relay's window at its own pace. */
export interface Subscriber {
  /** Position of the next frame it is to get; what lies before has been handed to its socket. */
  readonly position: number
  /** Hands over as much as the socket takes; called when frames were added and when the socket has drained. */
  pump(): void
  /** Sends bytes as they are, past the window. */
  sendRaw(bytes: Uint8Array): void
  close(code: number, reason: string): void
  terminate(): void
}

/** Bytes that may wait in one socket before TCP backpressure is passed on to the window. */
const MOST_BUFFERED_BYTES = 1 << 20

/** The close code that goes with an error frame: the peer broke a rule of ours. */
export const POLICY_VIOLATION = 1008

/**
 * Starts a subscriber at a position. Whoever reads so slowly that frames leave the window before they could be
 * sent is told `ConsumerTooSlow` and closed: a gap is never passed over in silence.
 */
export function startSubscriber(
  ws: WebSocket,
  socket: Socket,
  window: RelayWindow,
  start: number,
): Subscriber {
  let position = start
  let kicked = false

  function kick(): void {
    kicked = true
    ws.send(errorFrame('ConsumerTooSlow', 'the next event has left the window before it could be sent'))
    ws.close(POLICY_VIOLATION, 'ConsumerTooSlow')
  }

  function pump(): void {
    if (kicked || ws.readyState !== WebSocket.OPEN) return
    if (position < window.first) return kick()
    socket.cork()
    while (position < window.end && ws.bufferedAmount < MOST_BUFFERED_BYTES) {
      const frame = window.at(position)
      if (frame) ws.send(frame.bytes)
      position += 1
    }
    socket.uncork()
  }

  socket.on('drain', pump)
  ws.on('error', () => ws.terminate())
  return {
    get position() {
      return position
    },
    pump,
    sendRaw: (bytes) => ws.send(bytes),
    close: (code, reason) => ws.close(code, reason),
    terminate: () => ws.terminate(),
  }
}
