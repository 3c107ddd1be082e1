import { closeSync, openSync, readSync, writeSync } from 'node:fs'
import { decodeFirst } from '@atcute/cbor'
import { DependencyError, UsageError } from '#kernel/errors.ts'
import { eventsOfMessage } from './events-of-message.ts'
import type { FrameType } from './frame.ts'
import type { FrameSource, RelayFrame } from './frame-source.ts'

/** What a file of frames begins with; behind it each frame, after its length in four bytes, big-endian. */
export const FRAMES_MAGIC = Buffer.from('standpipe/frames@1\n')

const LENGTH_BYTES = 4
/** The protocol allows 5 MB; a length beyond this is not one. */
const MOST_FRAME_BYTES = 16 << 20

/** A file of frames that grows. */
export interface FramesFile extends Disposable {
  write(frames: readonly RelayFrame[]): void
}

/** Begins the file anew. Throws `DependencyError` when it cannot be written, also later. */
export function openFramesFile(path: string): FramesFile {
  const file = orRefuse(`cannot write frames to "${path}"`, () => openSync(path, 'w'))
  const write = (bytes: Uint8Array) =>
    void orRefuse(`cannot write frames to "${path}"`, () => writeSync(file, bytes))
  write(FRAMES_MAGIC)
  return {
    write(frames) {
      write(Buffer.concat(frames.flatMap(({ bytes }) => [lengthOf(bytes), bytes])))
    },
    [Symbol.dispose]: () => closeSync(file),
  }
}

/**
 * Plays a file of frames once, reading as it goes; `null` when the file is of another kind. Throws `UsageError` on a
 * frame that is cut short or is none.
 */
export function framesFileSource(path: string): FrameSource | null {
  const file = orRefuse(`cannot read "${path}"`, () => openSync(path, 'r'))
  const read = (bytes: number): Buffer => {
    const buffer = Buffer.allocUnsafe(bytes)
    return buffer.subarray(0, readSync(file, buffer))
  }
  if (!read(FRAMES_MAGIC.length).equals(FRAMES_MAGIC)) {
    closeSync(file)
    return null
  }
  let frames = 0
  let ended = false
  const broken = () =>
    new UsageError(`"${path}" breaks off in frame ${frames + 1}; write it anew with standpipe frames`)
  return {
    next() {
      const prefix = ended ? Buffer.alloc(0) : read(LENGTH_BYTES)
      if (prefix.length === 0) {
        if (!ended) closeSync(file)
        ended = true
        return null
      }
      const length = prefix.length === LENGTH_BYTES ? prefix.readUInt32BE() : Infinity
      const bytes = length > MOST_FRAME_BYTES ? Buffer.alloc(0) : read(length)
      if (bytes.length < length) throw broken()
      frames += 1
      return readRelayFrame(bytes)
    },
  }
}

/** A frame with the events that it says it carries. */
export function readRelayFrame(bytes: Uint8Array): RelayFrame {
  const [header, rest] = decodeFirst(bytes) as [{ t: FrameType }, Uint8Array]
  const [body] = decodeFirst(rest) as [Record<string, unknown>, Uint8Array]
  const seq = Number(body['seq'] ?? 0)
  return { seq, bytes, events: eventsOfMessage(header.t, body, seq) }
}

function lengthOf({ length }: Uint8Array): Buffer {
  const prefix = Buffer.allocUnsafe(LENGTH_BYTES)
  prefix.writeUInt32BE(length)
  return prefix
}

function orRefuse<T>(what: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new DependencyError(`${what}: ${(error as Error).message}`, { cause: error })
  }
}
