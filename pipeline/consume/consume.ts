import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import type { Log } from '#kernel/log/log.ts'
import type { Duration } from '#kernel/time/duration.ts'
import { reclaimLoop } from '#pipeline/reclaim/reclaim-loop.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import { ensureGroup } from './ensure-group.ts'
import { type HeldEntries, type HeldEntry, heldEntries } from './held-entries.ts'
import type { IndexMeter } from './index-meter.ts'
import { createIntake } from './intake.ts'
import { type Lane, startLane } from './lane.ts'
import { laneOf } from './lane-of.ts'
import type { Membership } from './membership.ts'
import { readLoop } from './read-loop.ts'
import { createSettler } from './settler.ts'

export interface ConsumeOptions {
  readonly membership: Membership
  /** For everything that answers at once. */
  readonly redis: Redis
  /** For the reads that block. */
  readonly blocking: Redis
  readonly sink: Sink
  readonly readCount: number
  /** How long a holder may give no sign of life before its entries are claimed. */
  readonly claimIdle: Duration
  readonly maxFailures: number
  /** How long the entries in hand may take once the signal has aborted. */
  readonly drainWithin: Duration
  readonly meter: IndexMeter
  readonly log: Log
}

/**
 * Reads as one consumer of the group until the signal aborts, then finishes and acknowledges what it holds.
 * An entry is acknowledged only after the sink committed it, or together with its dead letter: whoever dies,
 * whenever, every entry is either settled or still pending. Throws `DependencyError` when it could not drain
 * in time; nothing is lost by that, the entries stay pending.
 */
export async function consume(options: ConsumeOptions, signal: AbortSignal): Promise<void> {
  const { membership, redis, sink, readCount, meter, log } = options
  const halt = new AbortController()
  const stop = AbortSignal.any([signal, halt.signal])
  const held = heldEntries()
  using _deadline = haltLate(options, held, signal, halt)

  const settler = createSettler({ ...options, held, signal: halt.signal })
  const lanes = Array.from({ length: sink.lanes }, () =>
    startLane<HeldEntry>({ most: readCount, work: settler.settle, onFailure: (error) => halt.abort(error) }),
  )
  const intake = createIntake({
    held,
    meter,
    log,
    offer: (entry) => laneFor(lanes, entry).offer(entry),
    acknowledge: settler.acknowledgeLost,
  })
  const shared = { membership, held, limit: readCount * lanes.length }
  const onError = (what: string) => (error: Error) => {
    meter.count('redisErrors')
    log.warn({ error: error.message }, `cannot ${what}; trying again`)
  }
  const onNoGroup = async () => {
    const position = await sink.position()
    if (!(await ensureGroup(redis, membership, position))) return
    meter.count('groupsCreated')
    log.info({ ...membership, position }, 'created the group')
  }

  await Promise.all([
    readLoop(
      {
        ...shared,
        redis: options.blocking,
        count: readCount,
        onDelivered: intake.take,
        onIdle: settler.storePosition,
        onNoGroup,
        onError: onError('read'),
      },
      stop,
    ),
    reclaimLoop(
      {
        ...shared,
        redis,
        minIdle: options.claimIdle,
        onClaimed: intake.takeClaimed,
        onLost: intake.countLost,
        onTaken: intake.giveUp,
        onError: onError('claim'),
      },
      stop,
    ),
  ])
  await Promise.all(lanes.map((lane) => lane.idle()))
  halt.signal.throwIfAborted()
  await settler.storePosition()
}

/** What has no DID goes to the first lane: it is only moved to the dead letters. */
function laneFor(lanes: readonly Lane<HeldEntry>[], { content }: HeldEntry): Lane<HeldEntry> {
  const lane = lanes['event' in content ? laneOf(content.event.did, lanes.length) : 0]
  if (!lane) throw new RangeError('a sink needs at least one lane')
  return lane
}

/** Halts everything when the drain takes too long, counted from the moment the signal aborts. */
function haltLate(
  { drainWithin, membership }: ConsumeOptions,
  held: HeldEntries,
  signal: AbortSignal,
  halt: AbortController,
): Disposable {
  let timer: NodeJS.Timeout | undefined
  const start = () => {
    timer = setTimeout(() => {
      const left = `${held.size} entries of ${membership.stream} unacknowledged`
      halt.abort(
        new DependencyError(
          `stopped with ${left} after ${drainWithin / 1_000} s; they stay pending and are delivered again`,
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
