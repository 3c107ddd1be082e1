import { formatMeasure } from '#kernel/format/format-measure.ts'
import { minutes, seconds } from '#kernel/time/duration.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck, type Finding } from '../check.ts'
import { commandCalls } from '../command-calls.ts'
import type { GroupEvidence } from '../evidence/group-evidence.ts'
import type { GroupSample } from '../group-sample.ts'
import { placeOf } from '../judge-cursor.ts'
import { judgeGroupStatus } from '../judge-group-status.ts'
import { groupSubject, quoteGroup } from '../quote-group.ts'
import { groupSeries, type Span, spanOf } from '../window.ts'

export default defineCheck({
  id: 'cursor-stalled',
  title: 'Wherever entries wait, somebody is served',
  why: 'Entries that wait while nobody is served are late by every second that it lasts. A consumer that went back to read what it held, and never asks for new entries again, looks alive: it asks hundreds of times a second, holds nothing, and its group stands still.',
  remedy:
    'restart the consumer: what it holds is delivered to it again. Never XGROUP DELCONSUMER, never XGROUP SETID: redis-cli XINFO CONSUMERS <stream> <group> first',
  runbook: 'stream-falling-behind',
  needs: ['groups', 'window'],
  limits: { warnAt: seconds(30), failAt: minutes(2), leastWatchedMs: seconds(5) },

  judge({ groups, window }, { limits }) {
    const span = spanOf(window)
    const watched = span !== null && span.seconds * 1_000 >= limits.leastWatchedMs
    const seriesOf = groupSeries(window)
    // A group without consumers is the business of group-without-consumers.
    const attended = groups.filter(({ consumers }) => consumers.length > 0)
    return attended.map((evidence) => {
      const about = {
        subject: groupSubject(evidence),
        expected: 'its consumers are served while entries wait',
        evidence: quoteGroup(evidence),
      }
      const sticky = watched ? judgeWatched(evidence, seriesOf(evidence).samples, span) : null
      return { ...about, ...(sticky ?? judgeOnce(evidence, limits)) }
    })
  },
})

type Judged = Pick<Finding, 'verdict' | 'observed'> & Partial<Finding>

/** By how long the consumer that was served last has been silent. */
function judgeOnce(
  { group, state, consumers }: GroupEvidence,
  limits: Parameters<typeof judgeCeiling>[1],
): Judged {
  const place = placeOf(group, state)
  const waiting = place !== 'caught-up' && place !== 'ahead' && state.length > 0 && group.lag !== 0
  if (!waiting) return { verdict: 'pass', observed: 'nothing waits' }
  const quietMs = Math.min(...consumers.map(({ inactiveMs, idleMs }) => inactiveMs ?? idleMs))
  const waits = group.lag === null ? 'entries wait' : `${group.lag} entries wait`
  return {
    verdict: judgeCeiling(quietMs, limits),
    observed: `${waits}; a consumer was served ${formatMeasure(quietMs, 'ms')} ago`,
  }
}

/** `null` unless consumers were seen to ask for something else than new entries. */
function judgeWatched({ group }: GroupEvidence, samples: readonly GroupSample[], span: Span): Judged | null {
  if (judgeGroupStatus(samples) !== 'STALL') return null
  const asked = commandCalls(span.last.server, 'xreadgroup') - commandCalls(span.first.server, 'xreadgroup')
  const lag = samples.at(-1)?.lag
  const waits = lag === null || lag === undefined ? 'entries wait' : `${lag} entries wait`
  const sticky = asked > 0 && group.pending === 0
  return {
    verdict: 'fail',
    observed: sticky
      ? `${waits} and nothing was delivered in ${span.seconds} s, though XREADGROUP was called ${asked} times: consumers read on in what they once held (a sticky history cursor), and never ask for new entries`
      : `${waits} and nothing was delivered in ${span.seconds} s; XREADGROUP was called ${asked} times`,
  }
}
