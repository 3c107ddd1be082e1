import type { Step } from '#kernel/cli/step.ts'
import { runEndToEnd } from '#loadtest/end-to-end/run-end-to-end.ts'
import { toEndToEndSection } from '#loadtest/end-to-end/to-end-to-end-section.ts'
import { type SectionEnd, sectionEnd } from '#loadtest/numbered/section-end.ts'
import type { PreflightPlan } from './plan.ts'
import { unseenSection } from './unseen-section.ts'
import { whyNoRoom } from './why-no-room.ts'

const RATE = 2_500
const TITLE = 'Does every event arrive, once?'

/** Plays synthetic events through relay, ingester, Redis and indexer into PostgreSQL and reconciles them. */
export function endToEndStep(plan: PreflightPlan): Step<SectionEnd> {
  return {
    title: TITLE,
    async run(update, signal) {
      const { maxmemoryBytes, databaseUrl, loadRefused, owned, events } = plan
      if (loadRefused !== null) return unseenSection(TITLE, 'not-applicable', loadRefused)
      const foreignUrl = owned ? null : plan.redisUrl
      const noRoom = foreignUrl && (await whyNoRoom(foreignUrl))
      if (noRoom) return unseenSection(TITLE, 'unknown', noRoom)
      const run = await runEndToEnd({
        events,
        rate: RATE,
        maxmemoryBytes,
        databaseUrl,
        foreignUrl,
        update,
        signal,
      })
      return sectionEnd(toEndToEndSection(TITLE, run))
    },
  }
}
