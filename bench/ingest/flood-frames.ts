import { decodeFirst, encode } from '@atcute/cbor'
import type { Account } from '#loadtest/network/account.ts'
import { streamEventsIn } from '#loadtest/network/frame-source.ts'
import { syntheticNetwork } from '#loadtest/network/synthetic-network.ts'

/** Frames laid out as they go over the wire, whose sequences can be written over in place. */
export interface FloodFrames {
  /** WebSocket messages one after the other, in chunks that are written at once. */
  readonly chunks: readonly FloodChunk[]
  readonly frames: number
  /** Events in default collections, identities and accounts included. */
  readonly events: number
  /** Everybody who may have signed one. */
  readonly accounts: readonly Account[]
}

export interface FloodChunk {
  readonly bytes: Buffer
  /** Where each frame's sequence lies in `bytes`. */
  readonly sequenceAt: readonly number[]
}

/** Sequences from here on have one width in canonical CBOR, eight bytes, so that they fit where one was. */
export const FIRST_SEQUENCE = 2 ** 33

const FRAMES_PER_CHUNK = 32
const EIGHT_BYTES_FOLLOW = 0x1b
const MARK = Buffer.concat([encode('seq'), Buffer.from([EIGHT_BYTES_FOLLOW])])

/** Signed commits of a synthetic network, made once and played over and over. */
export function floodFrames(count: number): FloodFrames {
  const accounts: Account[] = []
  const network = syntheticNetwork({ seed: 7, accounts: 400, onBorn: (account) => accounts.push(account) })
  const messages: Buffer[] = []
  let events = 0
  while (messages.length < count) {
    const frame = network.next(Infinity)
    if (!frame) break
    events += streamEventsIn(frame)
    messages.push(webSocketMessage(withWideSequence(frame.bytes)))
  }
  const chunks = Array.from({ length: Math.ceil(messages.length / FRAMES_PER_CHUNK) }, (_, index) =>
    chunkOf(messages.slice(index * FRAMES_PER_CHUNK, (index + 1) * FRAMES_PER_CHUNK)),
  )
  return { chunks, frames: messages.length, events, accounts }
}

/** Writes consecutive sequences into a chunk; returns the one that comes next. */
export function numberFrames({ bytes, sequenceAt }: FloodChunk, from: number): number {
  let seq = from
  for (const at of sequenceAt) bytes.writeBigUInt64BE(BigInt(seq++), at)
  return seq
}

function withWideSequence(frame: Uint8Array): Buffer {
  const [header, rest] = decodeFirst(frame) as [unknown, Uint8Array]
  const [body] = decodeFirst(rest) as [Record<string, unknown>, Uint8Array]
  return Buffer.concat([encode(header), encode({ ...body, seq: FIRST_SEQUENCE })])
}

/** An unmasked binary message in one fragment, https://www.rfc-editor.org/rfc/rfc6455#section-5.2 */
function webSocketMessage(payload: Buffer): Buffer {
  const final = 0x82
  const { length } = payload
  if (length < 126) return Buffer.concat([Buffer.from([final, length]), payload])
  if (length > 0xffff) {
    const head = Buffer.from([final, 127, 0, 0, 0, 0, 0, 0, 0, 0])
    head.writeBigUInt64BE(BigInt(length), 2)
    return Buffer.concat([head, payload])
  }
  return Buffer.concat([Buffer.from([final, 126, length >> 8, length & 0xff]), payload])
}

function chunkOf(messages: readonly Buffer[]): FloodChunk {
  const sequenceAt: number[] = []
  let start = 0
  for (const message of messages) {
    sequenceAt.push(start + message.indexOf(MARK) + MARK.length)
    start += message.length
  }
  return { bytes: Buffer.concat(messages), sequenceAt }
}
