import { formatMeasure } from '#kernel/format/format-measure.ts'
import { minutes } from '#kernel/time/duration.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'
import { groupSubject, quoteGroup } from '../quote-group.ts'
import { shellWord } from '../shell-word.ts'

export default defineCheck({
  id: 'oldest-pending',
  title: 'What was delivered is acknowledged, or claimed, soon',
  why: 'An entry that was delivered and is not acknowledged is not indexed. It holds back every safe trim, so all that came after it stays in memory, whoever has read it.',
  remedy:
    'redis-cli XPENDING <stream> <group> - + 10; restart its consumer, or let another claim: standpipe index',
  runbook: 'stream-pending-idle',
  needs: ['groups'],
  limits: { warnAt: minutes(1), failAt: minutes(5) },

  judge: ({ groups }, { limits }) =>
    groups.map((evidence) => {
      const idlest = evidence.oldest.toSorted((a, b) => b.idleMs - a.idleMs)[0]
      const held = idlest && `${idlest.id}, with ${idlest.consumer} for ${formatMeasure(idlest.idleMs, 'ms')}`
      return {
        subject: groupSubject(evidence),
        verdict: idlest ? judgeCeiling(idlest.idleMs, limits) : 'pass',
        observed: idlest ? `${held}, delivered ${idlest.deliveries} times` : 'nothing is pending',
        expected: `no entry pending for ${formatMeasure(limits.warnAt, 'ms')}`,
        evidence: [
          ...quoteGroup(evidence),
          ...(idlest
            ? [
                {
                  command: `XPENDING ${evidence.stream} ${evidence.group.name} - + 100`,
                  value: `${idlest.id} ${idlest.consumer} ${idlest.idleMs} ${idlest.deliveries}`,
                },
              ]
            : []),
        ],
        remedy: `redis-cli XPENDING ${shellWord(evidence.stream)} ${shellWord(evidence.group.name)} - + 10; restart its consumer, or let another claim: standpipe index`,
      }
    }),
})
