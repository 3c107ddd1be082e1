import { defineCheck, type Finding } from '../check.ts'
import type { Look } from '../evidence/look.ts'
import type { GroupEvidence } from '../evidence.ts'
import { countUnreadTrimmed, placeOf } from '../judge-cursor.ts'
import { countEntries, groupSubject, quoteGroup } from '../quote-group.ts'

export default defineCheck({
  id: 'unread-trimmed',
  title: 'No entry was trimmed before its group read it',
  why: 'Trimming does not ask the groups: MAXLEN and MINID remove what nobody has read yet, no error is raised, and the events are gone from the buffer. Only the relay may still have them, for as long as its window lasts.',
  remedy:
    'stop trimming by MAXLEN; standpipe trim --dry-run says what every group has acknowledged, and standpipe ledger what is lost; replay the relay from before the first of it: standpipe cursor set <seq> --host <relay>',
  runbook: 'stream-unread-trimmed',
  needs: ['groups'],
  wants: ['window'],
  since: '7.0.0',
  limits: {},

  judge: ({ groups, window }) => groups.map((group) => judgeGroup(mostTelling(group, window ?? []))),
})

/** On Redis 8 and Valkey a group that reads on forgets its loss: a look that saw it stands for those after it. */
function mostTelling(now: GroupEvidence, window: readonly Look[]): GroupEvidence {
  const looks = window.flatMap(({ groups }) =>
    groups.filter((group) => groupSubject(group) === groupSubject(now)),
  )
  const lostIn = ({ group, state }: GroupEvidence) => countUnreadTrimmed(group, state) ?? 0
  return looks.reduce((most, look) => (lostIn(look) > lostIn(most) ? look : most), now)
}

function judgeGroup(evidence: GroupEvidence): Finding {
  const { state, group } = evidence
  const about = { subject: groupSubject(evidence), expected: 'none', evidence: quoteGroup(evidence) }
  const lost = countUnreadTrimmed(group, state)
  if (lost === null) {
    const trimmed = state.entriesAdded === null || state.entriesAdded > state.length
    return trimmed
      ? { ...about, verdict: 'unknown', observed: 'cannot be counted: see lag-known' }
      : { ...about, verdict: 'pass', observed: 'nothing was ever trimmed' }
  }
  if (lost === 0) return { ...about, verdict: 'pass', observed: 'none that Redis could show' }
  if (group.lastDeliveredId === '0-0') {
    return {
      ...about,
      verdict: 'warn',
      observed: `up to ${countEntries(lost)}: the group has read nothing yet, and that many were trimmed, unless it was created later`,
    }
  }
  const from = placeOf(group, state) === 'before-first'
  const ids = from
    ? `, after ${group.lastDeliveredId} and before ${state.firstEntryId ?? 'the next entry'}`
    : ''
  const least = placeOf(group, state) === 'within' ? 'at least ' : ''
  return { ...about, verdict: 'fail', observed: `${least}${countEntries(lost)}${ids}` }
}
