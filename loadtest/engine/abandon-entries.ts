import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { parseEntryEvent } from '#loadtest/ledger/parse-entry-event.ts'
import { eventText } from '#loadtest/ledger/read-entries.ts'
import { toDelivered } from '#pipeline/consume/delivered.ts'
import type { ConsumerPlan } from './consumer-plan.ts'
import { preciseClock } from './precise-clock.ts'
import { openSeenEntries } from './seen-entries.ts'

const PAGE = 100
const BLOCK_MS = 200

/**
 * Takes entries of the most urgent flow as a consumer that is never heard of again, as one does that dies with them in
 * its hands, until the group's number is reached or the signal aborts. They stay pending until somebody claims them.
 */
export async function abandonEntries(
  { redisUrl, group, streams }: ConsumerPlan,
  startAt: number,
  signal: AbortSignal,
): Promise<void> {
  const [first] = streams
  if (!first || group.abandoned === 0) return
  const seen = openSeenEntries(first.seen)
  const redis = await connectRedis(redisUrl, { name: 'standpipe-load-ghost', blocking: true })
  const consumer = ['GROUP', group.name, `${group.name}-ghost`] as const
  try {
    for (let taken = 0; taken < group.abandoned && !signal.aborted; ) {
      const count = Math.min(PAGE, group.abandoned - taken)
      const read = ['COUNT', count, 'BLOCK', BLOCK_MS, 'STREAMS', first.stream, '>'] as const
      const [reply] = ((await redis.xreadgroup(...consumer, ...read)) ?? []) as [string, unknown][]
      for (const { id, fields } of toDelivered(reply?.[1] ?? [])) {
        seen.delivered(parseEntryEvent(id, eventText(fields ?? [])).seq, preciseClock.now() - startAt)
        taken++
      }
    }
  } finally {
    redis.disconnect()
  }
}
