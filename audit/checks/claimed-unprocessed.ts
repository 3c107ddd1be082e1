import type { PendingEntry } from '#kernel/streams/read-oldest-pending.ts'
import { seconds } from '#kernel/time/duration.ts'
import { defineCheck, type Finding } from '../check.ts'
import { commandCalls } from '../command-calls.ts'
import type { GroupEvidence } from '../evidence/group-evidence.ts'
import { countEntries, groupSubject, quoteGroup } from '../quote-group.ts'
import { groupSeries, type Span, spanOf } from '../window.ts'

export default defineCheck({
  id: 'claimed-unprocessed',
  title: 'What is claimed from a silent consumer is worked on before it is acknowledged',
  why: 'A recovery that runs XAUTOCLAIM and acknowledges what it gets, without storing it, loses exactly the events that the dead consumer held. Nothing shows it: pending goes to 0, the lag is 0, no error is raised.',
  remedy:
    'read what your consumer does after XAUTOCLAIM: it must store the entries before XACK; standpipe index does. Then replay the relay from before the first of them: standpipe cursor set <seq> --host <relay>',
  runbook: 'stream-pending-idle',
  needs: ['window'],
  since: '6.2.0',
  limits: { silentMs: seconds(10) },

  judge({ window }, { limits }) {
    const span = spanOf(window)
    if (!span) return []
    const claims = callsBetween(span, 'xautoclaim') + callsBetween(span, 'xclaim')
    const seriesOf = groupSeries(window)
    return span.last.groups.map((evidence) => {
      const gone = vanished(seriesOf(evidence).evidence, limits.silentMs)
      return judgeGroup(evidence, gone, claims, span)
    })
  },
})

function judgeGroup(
  evidence: GroupEvidence,
  gone: readonly PendingEntry[],
  claims: number,
  span: Span,
): Finding {
  const [first] = gone
  const suspect = first !== undefined && claims > 0
  return {
    subject: groupSubject(evidence),
    verdict: suspect ? 'warn' : 'pass',
    observed: suspect
      ? `${countEntries(gone.length)} from ${first.id} on, which ${first.consumer} had left for ${Math.round(first.idleMs / 1_000)} s, were claimed and acknowledged within ${span.seconds} s; if whoever claimed them did not store them, they are lost`
      : 'nothing was claimed and acknowledged at once',
    expected: 'entries that were claimed stay pending until they are stored',
    evidence: [
      {
        command: 'INFO everything',
        value: `xautoclaim, xclaim: ${claims} calls in ${span.seconds} s; xack: ${callsBetween(span, 'xack')}`,
      },
      ...quoteGroup(evidence),
    ],
  }
}

/** Entries that a silent consumer held in one look, and that are acknowledged in the next. */
function vanished(series: readonly GroupEvidence[], silentMs: number): PendingEntry[] {
  return series.slice(1).flatMap((after, index) => {
    const held = new Set(after.oldest.map(({ id }) => id))
    const before = series[index]?.oldest ?? []
    return before.filter(({ id, idleMs }) => idleMs >= silentMs && !held.has(id))
  })
}

function callsBetween({ first, last }: Span, command: string): number {
  return Math.max(0, commandCalls(last.server, command) - commandCalls(first.server, command))
}
