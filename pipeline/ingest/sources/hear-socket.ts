import type { Frame } from '#pipeline/ingest/frames/frame.ts'
import { FRAME_LIMITS } from '#pipeline/ingest/frames/frame-limits.ts'
import { subscribe } from '#pipeline/ingest/relay/subscription.ts'
import type { SubscriptionMethod } from '#pipeline/ingest/relay/subscription-url.ts'
import type { LineSource } from './line-source.ts'

/** What is kept of a message that is too long: enough to see who wrote it. */
const KEPT_BYTES = 4_096

/** Hears a host by a WebSocket of ours. `read` never throws, and is not asked to read more than `mostBytes`. */
export function hearSocket(
  method: SubscriptionMethod,
  read: (message: Uint8Array) => Frame,
  mostBytes = FRAME_LIMITS.frame,
): LineSource['hear'] {
  return ({ onFrame, ...options }) => {
    const onMessage = (message: Buffer) => {
      if (message.length <= mostBytes) return onFrame(read(message), message)
      onFrame({ kind: 'unreadable', rejected: 'frame-too-big' }, Buffer.from(message.subarray(0, KEPT_BYTES)))
    }
    return subscribe({ ...options, method, onMessage })
  }
}
