import type { Verdict } from '#kernel/verdict/verdict.ts'
import { defineCheck } from '../check.ts'
import type { GroupSample } from '../group-sample.ts'
import { type GroupStatus, judgeGroupStatus } from '../judge-group-status.ts'
import { groupSubject, quoteGroup } from '../quote-group.ts'
import { groupSeries, spanOf } from '../window.ts'

const SAYS: Readonly<Record<GroupStatus, readonly [verdict: Verdict, says: string]>> = {
  OK: ['pass', 'the group keeps up'],
  WARN: ['warn', 'the group falls further behind all the time'],
  STALL: ['fail', 'entries wait and consumers ask, yet nothing is delivered'],
  STOP: ['fail', 'entries wait, and no consumer has asked for any'],
  REWIND: ['fail', 'the group was set back: what lies between is delivered a second time'],
  AHEAD: ['fail', 'the group waits for IDs that the stream has not reached'],
  'BEHIND-TRIM': ['fail', 'entries were trimmed before the group read them'],
  'ACK-STALL': ['fail', 'entries are delivered, and none is acknowledged'],
  RECREATED: ['fail', 'the stream was deleted and made anew meanwhile'],
  'NO-CONSUMER': ['fail', 'entries wait, and the group has no consumer'],
}
/** What can be told from standing still only after a while. */
const NEEDS_TIME: readonly GroupStatus[] = ['OK', 'WARN', 'STALL', 'STOP', 'ACK-STALL']

export default defineCheck({
  id: 'group-status',
  title: 'Every group keeps up with its stream while we watch',
  why: 'A lag alone says little: 10,000 entries are nothing for a group that gains on them, and 1 entry is everything for a group that stands still. What counts is whether each group moves, acknowledges and gains over some seconds.',
  remedy: 'standpipe audit --watch 60s --only group-status shows whether it lasts; then the runbook',
  runbook: 'stream-falling-behind',
  needs: ['window'],
  limits: { leastSeconds: 5 },

  judge({ window }, { limits }) {
    const span = spanOf(window)
    if (!span) return []
    const seriesOf = groupSeries(window)
    return span.last.groups.map((evidence) => {
      const { samples } = seriesOf(evidence)
      const status = judgeGroupStatus(samples)
      const about = {
        subject: groupSubject(evidence),
        expected: 'OK',
        evidence: [
          {
            command: `${samples.length} looks in ${span.seconds} s`,
            value: samples.map(describe).join('; '),
          },
          ...quoteGroup(evidence),
        ],
      }
      if (status === null)
        return { ...about, verdict: 'unknown', observed: 'the group appeared while we watched' }
      if (span.seconds < limits.leastSeconds && NEEDS_TIME.includes(status)) {
        const observed = `${span.seconds} s are too short to tell: watch for ${limits.leastSeconds} s`
        return { ...about, verdict: 'unknown', observed }
      }
      const [verdict, says] = SAYS[status]
      return { ...about, verdict, observed: `${status}: ${says}` }
    })
  },
})

function describe({ lastDeliveredId, lag, pending }: GroupSample): string {
  return `at ${lastDeliveredId}, lag ${lag ?? 'nil'}, pending ${pending}`
}
