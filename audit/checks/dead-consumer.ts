import { formatMeasure } from '#kernel/format/format-measure.ts'
import { minutes } from '#kernel/time/duration.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'
import { countEntries, groupSubject } from '../quote-group.ts'

export default defineCheck({
  id: 'dead-consumer',
  title: 'Nobody who holds pending entries has fallen silent',
  why: 'What a dead consumer holds is not indexed until another claims it, and holds back every safe trim until then.',
  remedy:
    'restart it, or let another claim what it holds: standpipe index. Never XGROUP DELCONSUMER before: that drops them',
  runbook: 'stream-pending-idle',
  needs: ['groups'],
  limits: { warnAt: minutes(1), failAt: minutes(5) },

  judge: ({ groups }, { limits }) =>
    groups.flatMap((evidence) =>
      evidence.consumers.map((consumer) => {
        const silentMs = consumer.inactiveMs ?? consumer.idleMs
        return {
          subject: `${groupSubject(evidence)}/${consumer.name}`,
          verdict: consumer.pending > 0 ? judgeCeiling(silentMs, limits) : 'pass',
          observed: `holds ${countEntries(consumer.pending)}, silent for ${formatMeasure(silentMs, 'ms')}`,
          expected: `heard of within ${formatMeasure(limits.warnAt, 'ms')} while it holds entries`,
          evidence: [
            {
              command: `XINFO CONSUMERS ${evidence.stream} ${evidence.group.name}`,
              value: `name=${consumer.name} pending=${consumer.pending} idle=${consumer.idleMs} inactive=${consumer.inactiveMs ?? 'nil'}`,
            },
          ],
        }
      }),
    ),
})
