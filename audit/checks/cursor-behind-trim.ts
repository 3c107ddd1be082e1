import { defineCheck, type Finding } from '../check.ts'
import type { GroupEvidence } from '../evidence.ts'
import { countUnreadTrimmed, placeOf } from '../judge-cursor.ts'
import { countEntries, groupSubject, quoteGroup } from '../quote-group.ts'

export default defineCheck({
  id: 'cursor-behind-trim',
  title: 'Trimming has not overtaken any group',
  why: 'Whatever lies between a group and the first entry that is left can no longer be delivered to it. While the trim stays ahead of the group, every further event is lost to it as well, at the rate of the ingest.',
  remedy:
    'stop the trim that does not ask the groups, then start consumers: standpipe trim --dry-run says what every group has acknowledged, and no more may go',
  runbook: 'stream-unread-trimmed',
  needs: ['groups'],
  since: '7.0.0',
  limits: {},

  judge: ({ groups }) => groups.map(judgeGroup),
})

function judgeGroup(evidence: GroupEvidence): Finding {
  const { state, group } = evidence
  const about = {
    subject: groupSubject(evidence),
    expected: 'nothing unread between the group and the first entry',
    evidence: quoteGroup(evidence),
  }
  if (placeOf(group, state) !== 'before-first') {
    return {
      ...about,
      verdict: 'pass',
      observed: `the group stands within the stream, at ${group.lastDeliveredId}`,
    }
  }
  const gap = `between ${group.lastDeliveredId} and ${state.firstEntryId ?? 'the next entry'}`
  if (state.entriesAdded === state.length)
    return { ...about, verdict: 'pass', observed: 'nothing was ever trimmed' }
  const lost = countUnreadTrimmed(group, state)
  if (lost === 0) return { ...about, verdict: 'pass', observed: `all was read ${gap}` }
  if (lost === null) {
    return { ...about, verdict: 'unknown', observed: `cannot be counted what was trimmed ${gap}` }
  }
  return {
    ...about,
    verdict: group.lastDeliveredId === '0-0' ? 'warn' : 'fail',
    observed: `${countEntries(lost)} ${gap} went unread`,
  }
}
