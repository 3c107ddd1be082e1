import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { defineCheck } from '../check.ts'
import type { GroupEvidence } from '../evidence.ts'
import { OLDEST_PENDING } from '../gather/groups.ts'
import { countEntries, groupSubject, quoteGroup } from '../quote-group.ts'

export default defineCheck({
  id: 'phantom-pending',
  title: 'Every pending entry is still in the stream',
  why: 'An entry that was trimmed while it was pending can be neither read again nor claimed: its event is lost unless the consumer that holds it still finishes. XAUTOCLAIM then drops it from the list without an error.',
  remedy:
    'stop the trim that removes pending entries: standpipe trim does not; replay the relay from before the lowest of them: standpipe cursor set <seq> --host <relay>',
  runbook: 'stream-unread-trimmed',
  needs: ['groups'],
  limits: {},

  judge: ({ groups }) =>
    groups.map((evidence) => {
      const phantoms = phantomsOf(evidence)
      const [lowest] = phantoms
      const least = phantoms.length === OLDEST_PENDING ? 'at least ' : ''
      return {
        subject: groupSubject(evidence),
        verdict: lowest ? 'fail' : 'pass',
        observed: lowest
          ? `${least}${countEntries(phantoms.length)} pending and no longer in the stream, from ${lowest.id} on`
          : 'none',
        expected: 'none',
        evidence: [
          ...quoteGroup(evidence),
          ...(lowest
            ? [{ command: `XPENDING ${evidence.stream} ${evidence.group.name} - + 100`, value: lowest.id }]
            : []),
        ],
      }
    }),
})

function phantomsOf({ oldest, state: { firstEntryId } }: GroupEvidence): GroupEvidence['oldest'] {
  if (firstEntryId === null) return oldest
  return oldest.filter(({ id }) => compareEntryIds(id, firstEntryId) < 0)
}
