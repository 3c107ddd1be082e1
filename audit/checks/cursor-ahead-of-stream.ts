import { defineCheck } from '../check.ts'
import { placeOf } from '../judge-cursor.ts'
import { groupSubject, quoteGroup } from '../quote-group.ts'
import { shellWord } from '../shell-word.ts'

export default defineCheck({
  id: 'cursor-ahead-of-stream',
  title: 'No group waits for IDs that the stream has not reached',
  why: 'A group whose last-delivered-id lies past the end of its stream gets nothing, in silence: pending stays 0 and the lag is nil. It happens when the stream was deleted and made anew, or the group set to a wrong ID; every event since then waits unread.',
  remedy: 'redis-cli XGROUP SETID <stream> <group> <the last ID that the sink committed, or 0>',
  runbook: 'stream-cursor-ahead',
  needs: ['groups'],
  limits: {},

  judge: ({ groups }) =>
    groups.map((evidence) => {
      const ahead = placeOf(evidence.group, evidence.state) === 'ahead'
      const { lastDeliveredId } = evidence.group
      return {
        subject: groupSubject(evidence),
        verdict: ahead ? 'fail' : 'pass',
        observed: ahead
          ? `the group stands at ${lastDeliveredId}, the stream ends at ${evidence.state.lastGeneratedId}`
          : `the group stands at ${lastDeliveredId}`,
        expected: `at most ${evidence.state.lastGeneratedId}`,
        evidence: quoteGroup(evidence),
        remedy: `redis-cli XGROUP SETID ${shellWord(evidence.stream)} ${shellWord(evidence.group.name)} <the last ID that the sink committed, or 0>`,
      }
    }),
})
