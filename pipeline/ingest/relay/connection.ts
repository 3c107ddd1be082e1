import { type RawData, WebSocket } from 'ws'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { judgeLiveness, type Patience } from './liveness.ts'

/** Why a connection ended. */
export interface Ending {
  /** A close code, or our own word: `no-pong`, `idle`, `unreachable`, `rolled-back`, `started-over`, `stopped`. */
  readonly reason: string
  /** What the other side or the network said; may be empty. */
  readonly says: string
  /** Messages it delivered. */
  readonly messages: number
}

/** One WebSocket to a relay. It ends once and is not used again. */
export interface Connection {
  readonly ended: Promise<Ending>
  /** Stops reading the socket, so that TCP holds the relay back; what is not read is not lost. */
  pause(): void
  resume(): void
  /** Ends it at once: not one more message is delivered. */
  end(reason: string): void
}

export interface ConnectionOptions {
  readonly patience: Patience
  readonly onOpen: () => void
  readonly onMessage: (message: Buffer) => void
}

export function openConnection(url: string, options: ConnectionOptions): Connection {
  const { patience, onOpen, onMessage } = options
  const { promise: ended, resolve } = Promise.withResolvers<Ending>()
  const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: seconds(10) })
  let hasEnded = false
  let isPaused = false
  let messages = 0
  let says = ''
  let known = 0
  let heard = { anything: systemClock.now(), message: systemClock.now() }

  /** Silence counts from now on. */
  const listen = () => {
    heard = { anything: systemClock.now(), message: systemClock.now() }
  }
  const finish = (reason: string) => {
    if (hasEnded) return
    hasEnded = true
    clearInterval(watch)
    resolve({ reason, says, messages })
  }
  const end = (reason: string) => {
    finish(reason)
    socket.terminate()
  }
  const watch = setInterval(() => {
    if (isPaused || socket.readyState !== WebSocket.OPEN) return
    if (messages !== known) listen()
    known = messages
    const judgement = judgeLiveness(heard, systemClock.now(), patience)
    if (judgement !== 'alive') return end(judgement)
    socket.ping()
  }, patience.ping)

  socket.on('open', () => {
    if (hasEnded) return
    if (isPaused) socket.pause()
    listen()
    onOpen()
  })
  socket.on('message', (message: RawData) => {
    if (hasEnded) return
    messages++
    onMessage(message as Buffer)
  })
  socket.on('pong', () => {
    heard = { ...heard, anything: systemClock.now() }
  })
  socket.on('error', (error) => {
    says = error.message
  })
  socket.on('close', (code, reason) => {
    says ||= reason.toString()
    finish(messages === 0 && code === 1006 ? 'unreachable' : String(code))
  })

  return {
    ended,
    pause() {
      isPaused = true
      socket.pause()
    },
    resume() {
      isPaused = false
      listen()
      socket.resume()
    },
    end,
  }
}
