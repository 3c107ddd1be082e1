import type { Redis } from 'ioredis'
import type { Log } from '#kernel/log/log.ts'
import type { Duration } from '#kernel/time/duration.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import { reclaimLoop } from '#pipeline/reclaim/reclaim-loop.ts'
import { decodeLabels } from './decode-labels.ts'
import type { Delivered } from './delivered.ts'
import { ensureGroup } from './ensure-group.ts'
import { type HeldEntry, heldEntries } from './held-entries.ts'
import { createIntake, type IntakeOptions } from './intake.ts'
import { createQuarantine } from './quarantine.ts'
import { readDeliveries } from './read-deliveries.ts'
import { readLoop } from './read-loop.ts'
import { createSettler } from './settler.ts'
import type { Source } from './source.ts'

export interface SourceOptions {
  /** For everything that answers at once. */
  readonly redis: Redis
  readonly readCount: number
  /** How long a holder may give no sign of life before its entries are claimed. */
  readonly claimIdle: Duration
  readonly maxFailures: number
  readonly log: Log
  /** Entries held above which the next read waits. */
  readonly limit: number
  readonly offer: (entry: HeldEntry) => void
  /** Ends all waiting for Redis and the sink. */
  readonly halt: AbortSignal
}

/** A source at work. */
export interface StartedSource {
  /** Entries delivered and not settled. */
  readonly held: { readonly size: number }
  readonly settle: (batch: readonly HeldEntry[]) => Promise<void>
  readonly storePosition: () => Promise<void>
  /** Resolves when it reads and claims no more, because `stop` has aborted. */
  readonly stopped: Promise<void>
}

/** Reads and claims the entries of one source, and brings them to their end when their turn has come. */
export function startSource(source: Source, options: SourceOptions, stop: AbortSignal): StartedSource {
  const { membership, dialect, sink, meter } = source
  const { redis, readCount, limit, log } = options
  const held = heldEntries()
  const settler = createSettler({ ...source, ...options, held, signal: options.halt })
  const decode = decoderFor(dialect, membership.stream)
  const intake = createIntake({
    decode,
    held,
    meter,
    log,
    offer: options.offer,
    readDeliveries: (entries) => readDeliveries(redis, membership, rangeOf(entries, held.size)),
    acknowledge: settler.acknowledgeLost,
  })
  const settleSuspects = createQuarantine({
    ...source,
    ...options,
    held,
    decode,
    settler,
    signal: options.halt,
  })
  const shared = { membership, held, limit }
  const onError = (what: string) => (error: Error) => {
    meter.count('redisErrors')
    log.warn({ stream: membership.stream, error: error.message }, `cannot ${what}; trying again`)
  }
  const onNoGroup = async () => {
    const position = await sink.position()
    const created = await ensureGroup(redis, membership, position).catch((error: Error) => {
      log.error(
        { ...membership, error: error.message },
        'the group is gone and cannot be created; trying again',
      )
      throw error
    })
    if (!created) return
    meter.count('groupsCreated')
    log.info({ ...membership, position }, 'created the group')
  }
  const reading = readLoop(
    {
      ...shared,
      redis: source.blocking,
      count: readCount,
      async onDelivered(entries, again) {
        await intake.take(entries, again)
        await settleSuspects(intake.takeSuspects(), stop)
      },
      onIdle: settler.storePosition,
      onNoGroup,
      onError: onError('read'),
    },
    stop,
  )
  const reclaiming = reclaimLoop(
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
  )
  return {
    held,
    settle: settler.settle,
    storePosition: settler.storePosition,
    stopped: Promise.all([reading, reclaiming]).then(() => {}),
  }
}

/** Between these entries may lie others that we hold. */
function rangeOf(entries: readonly Delivered[], held: number) {
  const [first, last] = [entries.at(0)?.id ?? '-', entries.at(-1)?.id ?? '+']
  return { first, last, count: entries.length + held }
}

/** Labels have a stream of their own. */
function decoderFor(dialect: Dialect, stream: string): IntakeOptions['decode'] {
  const { labels, streams } = dialect
  if (labels === null || stream !== streams.labels) return (id, fields) => dialect.decode(id, fields)
  return (_, fields) => decodeLabels(labels, fields)
}
