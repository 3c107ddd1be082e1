import type { IdResolver } from '@atproto/identity'
import { type Event, Firehose, type FirehoseOptions } from '@atproto/sync'
import { backoffMs } from '#kernel/time/backoff.ts'
import { systemClock } from '#kernel/time/clock.ts'
import type { CollectionFilter } from '#pipeline/ingest/frames/collection-filter.ts'
import type { Subscription } from '#pipeline/ingest/relay/subscription.ts'
import { subscriptionUrl } from '#pipeline/ingest/relay/subscription-url.ts'
import type { Hearing } from '#pipeline/ingest/sources/line-source.ts'
import type { KeyFinder } from '#pipeline/ingest/verify/open-key-finder.ts'
import { createFrameGathering } from './frame-gathering.ts'
import { frameOfError } from './frame-of-error.ts'
import { overhear } from './overhear.ts'
import { toFrame } from './to-frame.ts'

/** What is open between the client and the relay, as far as it lets us know. */
interface Attempt {
  readonly cursor: number | null
  messages: number
}

const NOTHING_KEPT = Buffer.alloc(0)

/**
 * Hears a relay through `@atproto/sync`. Without `keys` commits are not authenticated. It does not tell when a connection
 * opens: that is noticed by what comes first.
 */
export function hearFirehose(
  hearing: Hearing,
  isWanted: CollectionFilter,
  keys: KeyFinder | null,
): Subscription {
  subscriptionUrl(hearing.relay, null)
  const stopping = new AbortController()
  let firehose: Firehose | null = null
  let attempt: Attempt | null = null
  let hold: PromiseWithResolvers<void> | null = null

  const endAttempt = (says: string, retryIn: number, why = 'ended') => {
    if (attempt === null || stopping.signal.aborted) return
    const { messages } = attempt
    attempt = null
    hearing.onEnd({ reason: messages > 0 ? why : 'unreachable', says, messages }, retryIn)
  }
  const heard = () => {
    if (attempt?.messages === 0) hearing.onOpen(attempt.cursor)
    if (attempt) attempt.messages++
  }
  const gathering = createFrameGathering((events) => {
    heard()
    hearing.onFrame(toFrame(events, isWanted), NOTHING_KEPT)
  })

  const open = (): Firehose => {
    const own: Firehose = new Firehose({
      ...optionsOf(hearing, keys),
      getCursor() {
        if (firehose !== own) return undefined
        gathering.flush()
        endAttempt('', 0)
        const cursor = hearing.position()
        attempt = { cursor, messages: 0 }
        return cursor ?? undefined
      },
      async handleEvent(event: Event) {
        // Only between frames: what is left of one comes within the same turn, or is taken for another.
        while (hold !== null && firehose === own && gathering.seq !== event.seq) await hold.promise
        if (firehose === own) gathering.take(event)
      },
      onError(error) {
        if (firehose !== own) return
        gathering.flush()
        const { frame, evidence, ending } = frameOfError(error)
        if (frame) {
          heard()
          hearing.onFrame(frame, evidence)
        }
        if (ending !== null) endAttempt(ending, hearing.reconnect.base)
      },
    })
    overhear(own, {
      onNotice(notice) {
        if (firehose !== own) return
        gathering.flush()
        heard()
        hearing.onFrame(notice, NOTHING_KEPT)
      },
      onReconnect(error) {
        if (firehose === own) endAttempt(error.message, 0)
      },
    })
    return own
  }

  /** The client reconnects by itself, but not to a relay that said goodbye. */
  const keepHearing = async () => {
    let failures = 0
    while (!stopping.signal.aborted) {
      const own = open()
      firehose = own
      await own.start()
      if (firehose !== own) continue
      failures = attempt && attempt.messages > 0 ? 1 : failures + 1
      const retryIn = backoffMs(failures, hearing.reconnect, Math.random())
      endAttempt('the relay hung up', retryIn)
      await systemClock.sleep(retryIn, stopping.signal).catch(() => {})
    }
  }
  const done = keepHearing()

  /** Whatever the client still holds is not delivered any more. */
  const drop = () => {
    const old = firehose
    firehose = null
    gathering.clear()
    void old?.destroy()
    hold?.resolve()
    if (hold) hold = Promise.withResolvers()
  }

  return {
    pause() {
      hold ??= Promise.withResolvers()
    },
    resume() {
      hold?.resolve()
      hold = null
    },
    restart(reason) {
      endAttempt('', 0, reason)
      drop()
    },
    async stop() {
      stopping.abort()
      drop()
      keys?.close()
      await done
    },
  }
}

function optionsOf(
  { relay, patience, reconnect }: Hearing,
  keys: KeyFinder | null,
): Omit<FirehoseOptions, 'handleEvent' | 'onError'> {
  return {
    service: relay.replace(/\/+$/, ''),
    subscriptionReconnectDelay: reconnect.base,
    maxReconnectSeconds: reconnect.cap / 1_000,
    heartbeatIntervalMs: patience.ping,
    unauthenticatedCommits: keys === null,
    unauthenticatedHandles: true,
    idResolver: {
      did: {
        // Nobody is asked for documents: what they would be read for is not used.
        resolve: () => Promise.resolve(null),
        resolveAtprotoKey: (did: string, fresh = false) => keyOf(did, fresh, keys),
      },
    } as unknown as IdResolver,
  }
}

async function keyOf(did: string, fresh: boolean, keys: KeyFinder | null): Promise<string> {
  const key = await keys?.find(did, fresh)
  if (!key) throw new Error(`${did} has no signing key`)
  return key
}
