import { type Backoff, backoffMs } from '#kernel/time/backoff.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Connection, type Ending, openConnection } from './connection.ts'
import type { Patience } from './liveness.ts'
import { type SubscriptionMethod, subscriptionUrl } from './subscription-url.ts'

export interface SubscriptionOptions {
  readonly relay: string
  readonly method: SubscriptionMethod
  readonly patience: Patience
  readonly reconnect: Backoff
  /** After which sequence to go on; `null` begins with what comes next. Asked at every connection. */
  readonly position: () => number | null
  readonly onOpen: (cursor: number | null) => void
  readonly onMessage: (message: Buffer) => void
  /** `retryIn` is in milliseconds. */
  readonly onEnd: (ending: Ending, retryIn: number) => void
}

/** A subscription that comes back whatever ends its connection, until it is stopped. */
export interface Subscription {
  pause(): void
  resume(): void
  /** Ends the connection and opens another one at `position()`. */
  restart(reason: string): void
  /** Not one more message is delivered. */
  stop(): Promise<void>
}

/** Throws `UsageError` when `relay` is not a WebSocket URL. */
export function subscribe(options: SubscriptionOptions): Subscription {
  const { relay, method, patience, reconnect, position, onOpen, onMessage, onEnd } = options
  subscriptionUrl(relay, null, method)
  const stopping = new AbortController()
  let connection: Connection | null = null
  let isPaused = false

  const connectOnce = (): Promise<Ending> => {
    const cursor = position()
    connection = openConnection(subscriptionUrl(relay, cursor, method), {
      patience,
      onOpen: () => onOpen(cursor),
      onMessage,
    })
    if (isPaused) connection.pause()
    return connection.ended
  }

  const keepConnected = async () => {
    let failures = 0
    while (!stopping.signal.aborted) {
      const ending = await connectOnce()
      if (stopping.signal.aborted) return
      failures = ending.messages > 0 ? 1 : failures + 1
      const retryIn = AT_ONCE.has(ending.reason) ? 0 : backoffMs(failures, reconnect, Math.random())
      onEnd(ending, retryIn)
      await systemClock.sleep(retryIn, stopping.signal).catch(() => {})
    }
  }
  const done = keepConnected()

  return {
    pause() {
      isPaused = true
      connection?.pause()
    },
    resume() {
      isPaused = false
      connection?.resume()
    },
    restart: (reason) => connection?.end(reason),
    async stop() {
      stopping.abort()
      connection?.end('stopped')
      await done
    },
  }
}

/** Redis lost what it had: ask the relay again at once. */
export const ROLLED_BACK = 'rolled-back'

/** The relay did not know the cursor, and it was given up: ask again at once. */
export const STARTED_OVER = 'started-over'

const AT_ONCE: ReadonlySet<string> = new Set([ROLLED_BACK, STARTED_OVER])
