import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { defineCheck, type Finding } from '../check.ts'
import type { GroupEvidence } from '../evidence/group-evidence.ts'
import type { ExistingStream } from '../existing-stream.ts'
import { placeOf } from '../judge-cursor.ts'
import { groupSubject, quoteGroup } from '../quote-group.ts'
import { groupSeries, streamSeries } from '../window.ts'

export default defineCheck({
  id: 'unsafe-trimming',
  title: 'Whoever trims asks the groups first',
  why: 'MAXLEN, and MINID at the last delivered ID, remove what a group has not read or not acknowledged: even one consumer then deletes its own failed entries, milliseconds after they failed. No error is raised, and only the relay may still have the events.',
  remedy:
    'stop the trim: it is in XADD … MAXLEN of the producer or in XTRIM of a consumer (redis-cli INFO commandstats); standpipe trim removes only what every group has acknowledged',
  runbook: 'stream-unread-trimmed',
  needs: ['groups'],
  wants: ['window'],
  limits: {},

  judge({ groups, window }) {
    const streamOf = streamSeries(window ?? [])
    const groupOf = groupSeries(window ?? [])
    return groups.map((evidence) =>
      judgeGroup(evidence, heldLength(streamOf(evidence.stream), groupOf(evidence).evidence)),
    )
  },
})

function judgeGroup(evidence: GroupEvidence, pinned: number | null): Finding {
  const about = {
    subject: groupSubject(evidence),
    expected: 'nothing is removed that the group still needs',
    evidence: quoteGroup(evidence),
  }
  if (pinned !== null) {
    const observed = `the stream is held at ${pinned} entries (a MAXLEN) while the group leaves ${evidence.group.lag ?? 'an unknown number'} unread: the next of them go unread`
    return { ...about, verdict: 'fail', observed }
  }
  const first = evidence.state.firstEntryId
  const pending = evidence.oldest.filter(({ id }) => first === null || compareEntryIds(id, first) < 0)
  if (pending.length > 0) {
    const at = pending[0]?.id
    const observed = `${at} was trimmed while ${pending[0]?.consumer} still held it: the trim stands at what was delivered, not at what was acknowledged`
    return { ...about, verdict: 'fail', observed }
  }
  return { ...about, verdict: 'pass', observed: 'nothing was removed that the group still needs' }
}

/** The length that the stream is held at while entries come and go unread; `null` when it is not. */
function heldLength(series: readonly ExistingStream[], groups: readonly GroupEvidence[]): number | null {
  const [first] = series
  const last = series.at(-1)
  if (!first || !last) return null
  const added = (last.state.entriesAdded ?? 0) - (first.state.entriesAdded ?? 0)
  const steady = Math.abs(last.state.length - first.state.length) <= added / 10
  const always = groups.length === series.length && groups.every((one) => passed(one))
  return added > 0 && steady && always ? last.state.length : null
}

/** Whether the trim has gone past the group: then it did not ask it. */
function passed({ group, state }: GroupEvidence): boolean {
  return (
    placeOf(group, state) === 'before-first' &&
    group.lastDeliveredId !== '0-0' &&
    state.entriesAdded !== state.length
  )
}
