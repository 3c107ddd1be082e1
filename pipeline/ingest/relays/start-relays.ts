import { UsageError } from '#kernel/errors.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { createChronicle } from '#pipeline/ingest/chronicle.ts'
import { findPlace } from '#pipeline/ingest/find-place.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { subscriptionUrl } from '#pipeline/ingest/relay/subscription-url.ts'
import { repoSource } from '#pipeline/ingest/sources/repo-source.ts'
import { type Line, type LineContext, startLine } from '#pipeline/ingest/start-line.ts'
import { judgeFailover } from './judge-failover.ts'

/** The hosts that are heard. */
export interface Relays {
  /** Subscriptions that are open when all is well. */
  readonly expected: number
  readonly isRefused: boolean
  stop(): Promise<void>
}

/**
 * Hears one relay of the list at a time, each behind a cursor of its own. When one fails, its line is closed and
 * the next one's opened; the last is followed by the first. Whatever the next relay cannot be shown to continue is
 * a gap, as it would be after a restart. Throws `UsageError` when one of them is no relay.
 */
export async function startRelays(
  { redis, counts, memory }: Pick<LineContext, 'redis' | 'counts' | 'memory'>,
  options: IngesterOptions,
): Promise<Relays> {
  const relays = options.relay.split(',').map((relay) => relay.trim())
  for (const relay of relays) subscriptionUrl(relay, null)
  if (relays.length > 1 && options.cursorKey) {
    throw new UsageError('--cursor-key is the cursor of one relay; leave it out, or name one relay')
  }
  const chronicle = createChronicle(options.log, counts)
  const source = repoSource(options)
  const stopping = new AbortController()
  let switching: Promise<void> | null = null

  const open = async (at: number): Promise<Line> => {
    const own = { ...options, relay: relays[at % relays.length] ?? '' }
    let failures = 0
    const place = await findPlace(redis, own)
    const onEnd = (ending: Parameters<typeof judgeFailover>[1]) => {
      const judgement = judgeFailover(failures, ending)
      failures = judgement.failures
      if (relays.length > 1 && judgement.isOver) switchFrom(at)
    }
    return startLine({ redis, counts, memory, chronicle, source, onEnd }, place, own)
  }

  const switchFrom = (at: number) => {
    if (stopping.signal.aborted || switching) return
    switching = change(at).finally(() => {
      switching = null
    })
  }

  const change = async (at: number) => {
    await line?.stop()
    line = null
    while (!stopping.signal.aborted) {
      try {
        line = await open(at + 1)
        return chronicle.onSwitched(line.relay)
      } catch (error) {
        // Redis is away as well, or the cursor of the next relay is none.
        chronicle.onSwitchFailed(error as Error)
        await systemClock.sleep(seconds(1), stopping.signal).catch(() => {})
      }
    }
  }

  let line: Line | null = await open(0)
  return {
    expected: 1,
    get isRefused() {
      return line?.isRefused ?? true
    },
    async stop() {
      stopping.abort()
      await switching
      await line?.stop()
    },
  }
}
