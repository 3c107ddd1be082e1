import { audit } from '#audit/audit.ts'
import { caveatsOf, toSection } from '#audit/to-report.ts'
import type { Step } from '#kernel/cli/step.ts'
import type { Section } from '#kernel/report/report.ts'
import { VERDICTS } from '#kernel/verdict/verdict.ts'
import { type SectionEnd, sectionEnd } from '#loadtest/numbered/section-end.ts'
import type { PreflightPlan } from './plan.ts'

/** Asks whether Redis and its host are configured for a buffer that must not lose data. */
export function auditStep({ redisUrl, profile, stream }: PreflightPlan): Step<SectionEnd> {
  return {
    title: 'Is Redis configured for it?',
    async run(update) {
      update('reading configuration and host')
      const results = await audit(redisUrl, { profile, streams: [stream] })
      const section = toSection(results)
      return sectionEnd({ ...section, answer: countVerdicts(section) }, caveatsOf(results.findings))
    },
  }
}

/** `1 fail, 3 warn, 12 pass`, the most alarming first. */
function countVerdicts({ statements }: Section): string {
  const counts = Map.groupBy(statements, ({ verdict }) => verdict)
  return VERDICTS.toReversed()
    .filter((verdict) => counts.has(verdict))
    .map((verdict) => `${counts.get(verdict)?.length} ${verdict}`)
    .join(', ')
}
