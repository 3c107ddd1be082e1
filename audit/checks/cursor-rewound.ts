import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { defineCheck } from '../check.ts'
import { groupSubject, quoteGroup } from '../quote-group.ts'

export default defineCheck({
  id: 'cursor-rewound',
  title: 'No group was set back behind what it has delivered',
  why: 'XGROUP SETID to an earlier ID repairs nothing: it delivers every entry from there on a second time, to consumers that may have stored it. A sink without revision guards then counts it twice, or brings back what was deleted.',
  remedy:
    'let it read on if the sink is idempotent; else set it to the last ID that the sink committed: redis-cli XGROUP SETID <stream> <group> <id>',
  runbook: 'stream-cursor-ahead',
  needs: ['groups'],
  limits: {},

  judge: ({ groups }) =>
    groups.map((evidence) => {
      const { group, highestPendingId } = evidence
      const rewound =
        highestPendingId !== null && compareEntryIds(highestPendingId, group.lastDeliveredId) > 0
      return {
        subject: groupSubject(evidence),
        verdict: rewound ? 'warn' : 'pass',
        observed: rewound
          ? `it was set back to ${group.lastDeliveredId}, though ${highestPendingId} was delivered already: everything between is delivered a second time`
          : `nothing beyond ${group.lastDeliveredId} was delivered`,
        expected: 'no pending entry beyond the last delivered one',
        evidence: [
          ...quoteGroup(evidence),
          ...(rewound
            ? [
                {
                  command: `XPENDING ${evidence.stream} ${group.name}`,
                  value: `highest=${highestPendingId}`,
                },
              ]
            : []),
        ],
      }
    }),
})
