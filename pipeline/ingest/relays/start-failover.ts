import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { createChronicle } from '#pipeline/ingest/chronicle.ts'
import { findPlace } from '#pipeline/ingest/find-place.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { chooseSource } from '#pipeline/ingest/sources/choose-source.ts'
import { type Lines, type LinesContext, startLines } from '#pipeline/ingest/start-lines.ts'
import type { Heard } from './heard.ts'
import { judgeFailover } from './judge-failover.ts'

/**
 * Hears one relay of the list at a time, each behind a cursor of its own. When one fails, its line is closed and
 * the next one's opened; the last is followed by the first. Whatever the next relay cannot be shown to continue is
 * a gap, as it would be after a restart.
 */
export async function startFailover(
  { redis, counts, memory }: Pick<LinesContext, 'redis' | 'counts' | 'memory'>,
  relays: readonly string[],
  options: IngesterOptions,
): Promise<Heard> {
  const chronicle = createChronicle(options.log, counts)
  const source = await chooseSource(redis, options)
  const stopping = new AbortController()
  let switching: Promise<void> | null = null
  let lines: Lines | null = null

  const open = async (at: number): Promise<string> => {
    const relay = relays[at % relays.length] ?? ''
    let failures = 0
    const place = await findPlace(redis, { ...options, relay })
    const onEnd = (ending: Parameters<typeof judgeFailover>[1]) => {
      const judgement = judgeFailover(failures, ending)
      failures = judgement.failures
      if (relays.length > 1 && judgement.isOver) switchFrom(at)
    }
    const heard = [{ relay, place, chronicle, onEnd }]
    lines = startLines({ redis, counts, memory, source, chronicle }, heard, options)
    return relay
  }

  const switchFrom = (at: number) => {
    if (stopping.signal.aborted || switching) return
    switching = change(at).finally(() => {
      switching = null
    })
  }

  const change = async (at: number) => {
    await lines?.stop()
    lines = null
    while (!stopping.signal.aborted) {
      try {
        return chronicle.onSwitched(await open(at + 1))
      } catch (error) {
        // Redis is away as well, or the cursor of the next relay is none.
        chronicle.onSwitchFailed(error as Error)
        await systemClock.sleep(seconds(1), stopping.signal).catch(() => {})
      }
    }
  }

  await open(0)
  return {
    expected: 1,
    get isRefused() {
      return lines?.isRefused ?? true
    },
    async stop() {
      stopping.abort()
      await switching
      await lines?.stop()
    },
  }
}
