import type { Frame } from '#pipeline/ingest/frames/frame.ts'
import { subscribe } from '#pipeline/ingest/relay/subscription.ts'
import type { SubscriptionMethod } from '#pipeline/ingest/relay/subscription-url.ts'
import type { LineSource } from './line-source.ts'

/** Hears a host by a WebSocket of ours. `read` never throws. */
export function hearSocket(
  method: SubscriptionMethod,
  read: (message: Uint8Array) => Frame,
): LineSource['hear'] {
  return ({ onFrame, ...options }) =>
    subscribe({ ...options, method, onMessage: (message) => onFrame(read(message), message) })
}
