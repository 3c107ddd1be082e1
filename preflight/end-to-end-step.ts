import type { Step } from '#kernel/cli/step.ts'
import { runEndToEnd } from './end-to-end/run-end-to-end.ts'
import { toEndToEndSection } from './end-to-end/to-end-to-end-section.ts'
import type { PreflightPlan } from './plan.ts'
import { type SectionEnd, sectionEnd } from './section-end.ts'
import { unseenSection } from './unseen-section.ts'

const EVENTS = 50_000
const RATE = 4_000
const TITLE = 'Does every event arrive, once?'

/** Plays synthetic events through relay, ingester, Redis and indexer into PostgreSQL and reconciles them. */
export function endToEndStep(plan: PreflightPlan): Step<SectionEnd> {
  return {
    title: TITLE,
    async run(update, signal) {
      if (plan.owned === null) return unseenSection(TITLE, 'not-applicable', NOT_THEIRS)
      const { maxmemoryBytes, databaseUrl } = plan
      const run = await runEndToEnd({
        events: EVENTS,
        rate: RATE,
        maxmemoryBytes,
        databaseUrl,
        update,
        signal,
      })
      return sectionEnd(toEndToEndSection(TITLE, run))
    },
  }
}

const NOT_THEIRS =
  'the pipeline runs end to end on a Redis of our own only; standpipe preflight without --redis-url does it'
