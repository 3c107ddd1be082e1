import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { deadLetterStream } from '#pipeline/contract.ts'
import { byStream } from '../by-stream.ts'
import { defineCheck } from '../check.ts'
import { OLDEST_PENDING } from '../gather/groups.ts'
import { countEntries, groupSubject } from '../quote-group.ts'
import { shellWord } from '../shell-word.ts'

export default defineCheck({
  id: 'poison-entries',
  title: 'No entry is delivered again and again',
  why: 'An entry that fails whoever gets it is tried for ever unless it is moved away: each try takes the time of a batch, and it holds back every trim. A delivery is no failure by itself: a restart and a claim count as deliveries too.',
  remedy:
    'redis-cli XRANGE <stream> <id> <id> shows the entry; standpipe index moves it to the dead letters after --max-failures, where standpipe dead-letters list tells why',
  runbook: 'stream-pending-idle',
  needs: ['groups'],
  wants: ['streams'],
  limits: { warnAt: 5, failAt: 10 },

  judge({ groups, streams }, { limits }) {
    const streamOf = byStream(streams)
    return groups.map((evidence) => {
      const { stream, group, oldest } = evidence
      const worst = oldest.toSorted((a, b) => b.deliveries - a.deliveries)[0]
      const many = oldest.filter(({ deliveries }) => deliveries >= limits.warnAt)
      const letters = streamOf.get(stream)?.deadLetters
      const unreached =
        letters === 0 ? `; yet ${deadLetterStream(stream)} is empty: its way there may be closed` : ''
      return {
        subject: groupSubject(evidence),
        verdict: worst ? judgeCeiling(worst.deliveries, limits) : 'pass',
        observed:
          worst && many.length > 0
            ? `${countEntries(many.length)} of the oldest ${oldest.length} pending; ${worst.id} was delivered ${worst.deliveries} times, now to ${worst.consumer}${unreached}`
            : `none of the oldest ${OLDEST_PENDING} pending`,
        expected: `fewer than ${limits.warnAt} deliveries`,
        evidence: worst
          ? [
              {
                command: `XPENDING ${stream} ${group.name} - + ${OLDEST_PENDING}`,
                value: `${worst.id} ${worst.consumer} ${worst.idleMs} ${worst.deliveries}`,
              },
            ]
          : [],
        ...(worst && many.length > 0
          ? {
              remedy: `redis-cli XRANGE ${shellWord(stream)} ${worst.id} ${worst.id} shows the entry; standpipe index moves it to the dead letters after --max-failures`,
            }
          : {}),
      }
    })
  },
})
