import { formatMeasure } from '#kernel/format/format-measure.ts'
import { hours } from '#kernel/time/duration.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'
import { groupSubject } from '../quote-group.ts'

export default defineCheck({
  id: 'idle-consumers',
  title: 'Consumers that are gone for good do not pile up',
  why: 'Redis never forgets a consumer. Where every start takes a new name, each restart leaves one behind: XINFO CONSUMERS and XPENDING take longer with each of them, and who is really dead is lost among thousands.',
  remedy:
    'give consumers names that last: standpipe index --consumer indexer-1; then, for one that holds nothing: redis-cli XGROUP DELCONSUMER <stream> <group> <consumer>',
  needs: ['groups'],
  limits: { warnAt: 100, failAt: 1_000, goneAfterMs: hours(1) },

  judge: ({ groups }, { limits }) =>
    groups.map((evidence) => {
      const gone = evidence.consumers.filter(
        ({ pending, idleMs, inactiveMs }) => pending === 0 && (inactiveMs ?? idleMs) >= limits.goneAfterMs,
      )
      return {
        subject: groupSubject(evidence),
        verdict: judgeCeiling(gone.length, limits),
        observed: `${gone.length} of ${evidence.consumers.length} hold nothing and were silent for ${formatMeasure(limits.goneAfterMs, 'ms')}`,
        expected: `fewer than ${limits.warnAt}`,
        evidence: [
          {
            command: `XINFO CONSUMERS ${evidence.stream} ${evidence.group.name}`,
            value: `${evidence.consumers.length} consumers, such as ${gone[0]?.name ?? evidence.consumers[0]?.name ?? 'none'}`,
          },
        ],
      }
    }),
})
