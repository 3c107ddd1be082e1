import { DependencyError } from '#kernel/errors.ts'
import type { Duration } from '#kernel/time/duration.ts'
import type { HeldEntry } from './held-entries.ts'
import { type Lane, startLane } from './lane.ts'
import { laneOf } from './lane-of.ts'
import type { Source } from './source.ts'
import { type SourceOptions, type StartedSource, startSource } from './start-source.ts'

export interface ConsumeOptions extends Omit<SourceOptions, 'limit' | 'offer' | 'halt'> {
  /** The most urgent first: while it has entries waiting, the others give way, though never for ever. */
  readonly sources: readonly [Source, ...Source[]]
  /** How long the entries in hand may take once the signal has aborted. */
  readonly drainWithin: Duration
}

/**
 * Reads each source as one consumer of its group until the signal aborts, then finishes and acknowledges what it
 * holds. An entry is acknowledged only after the sink committed it, or together with its dead letter: whoever
 * dies, whenever, every entry is either settled or still pending. The sources share the lanes, so one DID is
 * worked on once at a time whichever stream spoke of it. Throws `DependencyError` when it could not drain in
 * time; nothing is lost by that, the entries stay pending.
 */
export async function consume(options: ConsumeOptions, signal: AbortSignal): Promise<void> {
  const { sources, readCount } = options
  const halt = new AbortController()
  const stop = AbortSignal.any([signal, halt.signal])
  const started: StartedSource[] = []
  const lanes = Array.from({ length: sources[0].sink.lanes }, () =>
    startLane<HeldEntry>({
      ranks: sources.length,
      most: readCount,
      work: async (batch, rank) => started[rank]?.settle(batch),
      onFailure: (error) => halt.abort(error),
    }),
  )
  for (const [rank, source] of sources.entries()) {
    const offer = (entry: HeldEntry) => laneFor(lanes, entry).offer(entry, rank)
    const limit = readCount * lanes.length
    started.push(startSource(source, { ...options, limit, offer, halt: halt.signal }, stop))
  }
  using _deadline = haltLate(options, started, signal, halt)

  const drain = async () => {
    await Promise.all(started.map(({ stopped }) => stopped))
    await Promise.all(lanes.map((lane) => lane.idle()))
  }
  // A sink that never answers keeps its lane for ever; whoever is told to leave does not wait for it.
  await Promise.race([drain(), abortOf(halt.signal)])
  halt.signal.throwIfAborted()
  await Promise.all(started.map(({ storePosition }) => storePosition()))
}

/**
 * One DID is always in the same lane, and so are all labels of one subject. What has neither goes to the first lane:
 * it is only moved to the dead letters.
 */
function laneFor(lanes: readonly Lane<HeldEntry>[], { content }: HeldEntry): Lane<HeldEntry> {
  const [event] = content.events
  const subject = event?.type === 'label' ? event.label.uri : event?.did
  const lane = lanes[subject === undefined ? 0 : laneOf(subject, lanes.length)]
  if (!lane) throw new RangeError('a sink needs at least one lane')
  return lane
}

/** Settles when the signal aborts. */
function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

/** Halts everything when the drain takes too long, counted from the moment the signal aborts. */
function haltLate(
  { drainWithin, sources }: ConsumeOptions,
  started: readonly StartedSource[],
  signal: AbortSignal,
  halt: AbortController,
): Disposable {
  let timer: NodeJS.Timeout | undefined
  const start = () => {
    timer = setTimeout(() => {
      const left = sources
        .map(({ membership }, at) => ({ stream: membership.stream, size: started[at]?.held.size ?? 0 }))
        .filter(({ size }, at) => size > 0 || at === 0)
        .map(({ stream, size }) => `${size} entries of ${stream}`)
      halt.abort(
        new DependencyError(
          `stopped with ${left.join(' and ')} unacknowledged after ${drainWithin / 1_000} s; they stay pending and are delivered again`,
        ),
      )
    }, drainWithin)
  }
  if (signal.aborted) start()
  else signal.addEventListener('abort', start, { once: true })
  return {
    [Symbol.dispose]() {
      signal.removeEventListener('abort', start)
      clearTimeout(timer)
    },
  }
}
