import type { Step } from '#kernel/cli/step.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { measureCapacity } from '#loadtest/capacity/measure-capacity.ts'
import { toCapacitySection } from '#loadtest/capacity/to-capacity-section.ts'
import { entrySource } from '#loadtest/network/entries/entry-source.ts'
import { type SectionEnd, sectionEnd } from '#loadtest/numbered/section-end.ts'
import { cursorKey, EVENT_FIELD } from '#pipeline/contract.ts'
import type { PreflightPlan } from './plan.ts'
import { unseenSection } from './unseen-section.ts'
import { whyNoRoom } from './why-no-room.ts'

const ENTRIES_PER_EVENT = 4
const SEED = 27
const TITLE = 'How much does the buffer hold?'

/** Appends a sample of realistic events, reads what they cost, and takes them away again. */
export function capacityStep({
  redisUrl,
  owned,
  loadRefused,
  ownRate,
  events,
}: PreflightPlan): Step<SectionEnd> {
  const entries = events * ENTRIES_PER_EVENT
  return {
    title: TITLE,
    async run(update, signal) {
      if (loadRefused !== null) return unseenSection(TITLE, 'not-applicable', loadRefused)
      const noRoom = owned ? null : await whyNoRoom(redisUrl)
      if (noRoom !== null) return unseenSection(TITLE, 'unknown', noRoom)
      const redis = await connectRedis(redisUrl, { name: 'standpipe-capacity' })
      const stream = `standpipe:preflight:${process.pid}`
      const cursor = cursorKey(stream, 'sample')
      const source = entrySource(SEED)
      try {
        const run = await measureCapacity({
          redis,
          stream,
          cursor,
          entries,
          next: (count) => source.next(count),
          fields: [EVENT_FIELD],
          update: (appended) => update(`${appended} of ${entries} entries`),
          signal,
        })
        return sectionEnd(toCapacitySection(run, ownRate))
      } finally {
        await redis.unlink(stream, cursor).finally(() => redis.disconnect())
      }
    },
  }
}
