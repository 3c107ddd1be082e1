import { systemClock } from '#kernel/time/clock.ts'
import { type Emitted, runEmission } from './emission.ts'
import { type FrameSource, frameSource, type RelayFrame } from './frame-source.ts'
import { type Journal, openJournal } from './journal.ts'
import { labelSpeaker, type SpokenLabels } from './label-speaker.ts'
import { type Pace, steadyPace } from './pace.ts'
import type { RelayDirectory } from './relay-directory.ts'
import { type Refusal, startRelayServer } from './relay-server.ts'
import { streamOfFrames } from './stream-of-frames.ts'

/**
 * A relay on loopback: `com.atproto.sync.subscribeRepos`, `listRepos` and `getRepo`, which redirects, and
 * `com.atproto.label.subscribeLabels`. Disposing of it closes every connection.
 */
export interface Relay extends AsyncDisposable {
  /** `ws://127.0.0.1:PORT`, without the path. */
  readonly url: string
  readonly emitted: Emitted
  /** Of repos; who reads labels is not counted. */
  readonly subscribers: number
  /** Resolves once the source is used up or the wanted number of events is out; rejects when emission failed. */
  waitUntilEmitted(): Promise<Emitted>
  /** Adds a frame to the window and the live tail, beside what the source emits; it is not journaled. */
  publish(frame: RelayFrame): void
  /** Adds a frame to the stream of labels. */
  publishLabels(frame: RelayFrame): void
  /** Sends bytes as they are to everyone connected now; nobody can ask for them again. */
  sendRaw(bytes: Uint8Array): void
  /** Closes every connection; new ones are welcome. 1006 cuts them without a close frame. */
  closeAll(code: number, reason?: string): void
  /** Answers the next requests by these, one each: subscriptions, listRepos, getRepo. */
  refuse(...refusals: readonly Refusal[]): void
}

export interface RelayOptions {
  /** Nothing is emitted without one, except by `publish` and `sendRaw`. */
  readonly source?: FrameSource
  /** Stream events per second by the clock; 0, the default, is as fast as subscribers take it. */
  readonly rate?: number
  /** A pace that changes, in place of `rate`. */
  readonly pace?: () => Pace
  /** Stream events after which emission stops; the source's end by default. */
  readonly events?: number
  /** 0, the default, picks a free one. */
  readonly port?: number
  /** What `?cursor=` can reach back to, of each stream. */
  readonly windowBytes?: number
  /** File for one JSON line per event attempted; see `journal.ts`. */
  readonly journal?: string
  /** Whose repos it lists, and where they are; nobody's by default. */
  readonly directory?: RelayDirectory
  /** Nobody says any by default. */
  readonly labels?: SpokenLabels
}

const ABNORMAL = 1006

/** At rate 0 the slowest subscriber may be this far behind before emission waits for it. */
const MOST_BYTES_AHEAD = 4 << 20

export const DEFAULT_WINDOW_BYTES = 256 << 20

/** Starts serving, and emitting when there is a source; resolves once it listens. */
export async function startRelay(options: RelayOptions = {}): Promise<Relay> {
  const { rate = 0, events = null, port = 0, windowBytes = DEFAULT_WINDOW_BYTES } = options
  const journal: Journal | null = options.journal === undefined ? null : await openJournal(options.journal)
  let wake: () => void = () => {}
  const repoStream = streamOfFrames(windowBytes, () => wake())
  const labelStream = streamOfFrames(windowBytes, () => {})
  const server = await startRelayServer({
    port,
    directory: options.directory,
    streams: {
      'com.atproto.sync.subscribeRepos': (...connection) => repoStream.admit(...connection),
      'com.atproto.label.subscribeLabels': (...connection) => labelStream.admit(...connection),
    },
  })
  const stop = new AbortController()
  let emitted: Emitted = { events: 0, frames: 0, lastSeq: 0, late: 0 }
  const sayLabels = labelSpeaker(options.labels, labelStream)

  const emission = runEmission(
    {
      source: options.source ?? frameSource([]),
      pace: options.pace ?? (rate > 0 ? () => steadyPace(rate) : null),
      events,
      clock: systemClock,
      signal: stop.signal,
      publish(frames) {
        journal?.write(frames.flatMap((frame) => frame.events))
        repoStream.push(frames)
      },
      async ready() {
        while (!repoStream.isRead(MOST_BYTES_AHEAD) && !stop.signal.aborted) {
          await new Promise<void>((resolve) => (wake = resolve))
        }
      },
    },
    (now) => {
      emitted = now
      sayLabels(now.events)
    },
  ).then(async () => {
    await journal?.finish(stop.signal.aborted ? null : emitted)
    return emitted
  })
  emission.catch(() => {})

  return {
    url: `ws://127.0.0.1:${server.port}`,
    get emitted() {
      return emitted
    },
    get subscribers() {
      return repoStream.subscribers.size
    },
    waitUntilEmitted: () => emission,
    publish: (frame) => repoStream.push([frame]),
    publishLabels: (frame) => labelStream.push([frame]),
    sendRaw(bytes) {
      for (const subscriber of repoStream.subscribers) subscriber.sendRaw(bytes)
    },
    closeAll(code, reason = '') {
      for (const subscriber of [...repoStream.subscribers, ...labelStream.subscribers]) {
        if (code === ABNORMAL) subscriber.terminate()
        else subscriber.close(code, reason)
      }
    },
    refuse: (...refusals) => server.refuse(...refusals),
    async [Symbol.asyncDispose]() {
      stop.abort()
      wake()
      await emission.catch(() => {})
      await server[Symbol.asyncDispose]()
    },
  }
}
