import { defineCheck } from '../check.ts'
import { acknowledgedBetween, judgeGroupStatus } from '../judge-group-status.ts'
import { countEntries, groupSubject, quoteGroup } from '../quote-group.ts'
import { groupSeries, spanOf } from '../window.ts'

export default defineCheck({
  id: 'acknowledgements-stalled',
  title: 'What is delivered is acknowledged at the pace at which it is delivered',
  why: 'A consumer that reads and never acknowledges has either not stored the events or will store them twice. The lag stays 0 meanwhile and looks healthy, while every entry costs 85 bytes in the pending list and holds back every trim.',
  remedy:
    'look at what the consumer stores into: locks, a full disk, a refused connection; redis-cli XPENDING <stream> <group> shows who holds how much',
  runbook: 'stream-pending-idle',
  needs: ['window'],
  limits: { leastWatchedMs: 5_000 },

  judge({ window }, { limits }) {
    const span = spanOf(window)
    if (!span || span.seconds * 1_000 < limits.leastWatchedMs) return []
    const seriesOf = groupSeries(window)
    return span.last.groups.flatMap((evidence) => {
      const { samples } = seriesOf(evidence)
      const [first] = samples
      const last = samples.at(-1)
      if (!first || !last || first === last) return []
      const stalled = judgeGroupStatus(samples) === 'ACK-STALL'
      const acknowledged = acknowledgedBetween(first, last)
      return [
        {
          subject: groupSubject(evidence),
          verdict: stalled ? 'fail' : 'pass',
          observed: `${acknowledged} acknowledged in ${span.seconds} s; ${countEntries(last.pending)} pending, ${first.pending} before`,
          expected: 'some are acknowledged while others are delivered',
          evidence: quoteGroup(evidence),
        },
      ]
    })
  },
})
