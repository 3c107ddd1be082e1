import { defineCheck, type Finding } from '../check.ts'
import type { GroupEvidence, StreamEvidence } from '../evidence.ts'
import { countEntries, groupSubject, quoteGroup } from '../quote-group.ts'

export default defineCheck({
  id: 'group-without-consumers',
  title: 'Every stream is read, and every group has a consumer',
  why: 'A group without consumers only falls behind, and holds back every safe trim: the stream grows at the rate of the ingest until the memory is full and XADD is refused.',
  remedy:
    'standpipe index --group <group>; or, if nobody needs it any more: redis-cli XGROUP DESTROY <stream> <group>',
  runbook: 'group-has-no-consumers',
  needs: ['groups', 'streams'],
  limits: {},

  judge: ({ groups, streams }) => [
    ...streams.filter(({ state, groups: read }) => state !== null && read.length === 0).map(judgeUnread),
    ...groups.map(judgeGroup),
  ],
})

function judgeUnread({ stream, state }: StreamEvidence): Finding {
  const length = state?.length ?? 0
  return {
    subject: stream,
    verdict: 'warn',
    observed: `no group reads it; it holds ${countEntries(length)}`,
    expected: 'at least one group',
    evidence: [{ command: `XINFO GROUPS ${stream}`, value: '(empty)' }],
  }
}

function judgeGroup(evidence: GroupEvidence): Finding {
  const { consumers, lag, pending } = evidence.group
  const waiting = lag === null || lag > 0 || pending > 0
  const waits = `${lag === null ? 'an unknown number of entries' : countEntries(lag)} unread, ${pending} pending`
  return {
    subject: groupSubject(evidence),
    verdict: consumers > 0 ? 'pass' : waiting ? 'fail' : 'warn',
    observed: consumers > 0 ? `consumers: ${consumers}` : `no consumer; ${waits}`,
    expected: 'at least one consumer',
    evidence: quoteGroup(evidence),
  }
}
