import redisKilledMidFlow from '#chaos/drills/redis-killed-mid-flow.ts'
import { performDrill } from '#chaos/perform-drill.ts'
import { toSection } from '#chaos/to-section.ts'
import type { Step } from '#kernel/cli/step.ts'
import { type SectionEnd, sectionEnd } from '#loadtest/numbered/section-end.ts'
import type { PreflightPlan } from './plan.ts'
import { unseenSection } from './unseen-section.ts'

const TITLE = 'Does it survive a kill -9 of Redis?'

/** Kills Redis in the middle of the flow, starts it again, and asks the ledger. */
export function drillStep({ owned, maxmemoryBytes }: PreflightPlan): Step<SectionEnd> {
  return {
    title: TITLE,
    async run(update, signal) {
      if (owned === null) return unseenSection(TITLE, 'not-applicable', NOT_THEIRS)
      const drill = {
        ...redisKilledMidFlow,
        stack: { ...redisKilledMidFlow.stack, redisConfig: { maxmemory: String(maxmemoryBytes) } },
      }
      const log = await performDrill(drill, { signal, says: update })
      return sectionEnd({ ...toSection(drill, log), title: TITLE })
    },
  }
}

const NOT_THEIRS =
  'a Redis that we did not start is never killed; standpipe preflight without --redis-url kills its own'
