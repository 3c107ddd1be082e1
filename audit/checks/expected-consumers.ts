import { minutes } from '#kernel/time/duration.ts'
import { defineCheck } from '../check.ts'
import { nameSome } from '../name-some.ts'
import { groupSubject } from '../quote-group.ts'

export default defineCheck({
  id: 'expected-consumers',
  title: 'As many consumers are alive as were declared',
  why: 'With one consumer of four gone, a group that needed all four falls behind by a quarter of the ingest: at 600 events a second, 540,000 events an hour.',
  remedy: 'start the others: standpipe index --group <group> --consumer <name>',
  runbook: 'stream-falling-behind',
  needs: ['groups', 'manifest'],
  limits: { aliveWithinMs: minutes(1) },

  judge: ({ groups, manifest }, { limits }) =>
    groups.flatMap((evidence) => {
      const least = manifest?.streams[evidence.stream]?.groups?.[evidence.group.name]?.consumers
      if (least === undefined) return []
      const alive = evidence.consumers.filter(({ idleMs }) => idleMs < limits.aliveWithinMs)
      return [
        {
          subject: groupSubject(evidence),
          verdict: alive.length >= least ? 'pass' : alive.length === 0 ? 'fail' : 'warn',
          observed: `${alive.length} of ${evidence.consumers.length} consumers were heard of within ${limits.aliveWithinMs / 1_000} s`,
          expected: `at least ${least}`,
          evidence: [
            {
              command: `XINFO CONSUMERS ${evidence.stream} ${evidence.group.name}`,
              value: nameSome(evidence.consumers.map(({ name, idleMs }) => `${name} idle=${idleMs}`)),
            },
          ],
        },
      ]
    }),
})
