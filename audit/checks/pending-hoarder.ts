import { defineCheck } from '../check.ts'
import { countEntries, groupSubject } from '../quote-group.ts'

export default defineCheck({
  id: 'pending-hoarder',
  title: 'No consumer holds most of what is pending',
  why: 'One consumer that holds most of the pending entries works alone while the others wait, or does not work at all. When it dies, all it holds comes late by the claim time, and at once.',
  remedy:
    'lower how much it takes at a time: standpipe index --read-count 100; look whether it still acknowledges',
  runbook: 'stream-pending-idle',
  needs: ['groups'],
  limits: { mostShare: 0.5, leastPending: 1_000 },

  judge: ({ groups }, { limits }) =>
    groups.map((evidence) => {
      const { consumers, group } = evidence
      const most = consumers.toSorted((a, b) => b.pending - a.pending)[0]
      const judged = most && consumers.length > 1 && group.pending >= limits.leastPending
      const share = most && group.pending > 0 ? most.pending / group.pending : 0
      return {
        subject: groupSubject(evidence),
        verdict: judged && share > limits.mostShare ? 'warn' : 'pass',
        observed:
          most && group.pending > 0
            ? `${most.name} holds ${countEntries(most.pending)}, ${Math.round(share * 100)} % of what is pending`
            : 'nothing is pending',
        expected: `at most ${limits.mostShare * 100} %, where ${limits.leastPending} and more are pending`,
        evidence: [
          {
            command: `XINFO CONSUMERS ${evidence.stream} ${group.name}`,
            value: consumers
              .slice(0, 10)
              .map(({ name, pending }) => `${name} pending=${pending}`)
              .join(', '),
          },
        ],
      }
    }),
})
