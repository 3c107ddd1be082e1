import { formatMeasure } from '#kernel/format/format-measure.ts'
import { entryTime } from '#kernel/streams/entry-time.ts'
import { hours } from '#kernel/time/duration.ts'
import { judgeCeiling } from '#kernel/verdict/ceiling.ts'
import { defineCheck } from '../check.ts'
import { placeOf } from '../judge-cursor.ts'
import { countEntries, groupSubject, quoteGroup } from '../quote-group.ts'
import { shellWord } from '../shell-word.ts'

export default defineCheck({
  id: 'abandoned-group',
  title: 'No group was left behind by whoever made it',
  why: 'A group that nobody reads any more costs nothing by itself and holds back every safe trim: the stream keeps everything since its cursor, at the rate of the ingest, until the memory is full and XADD is refused.',
  remedy: 'if nobody needs it: redis-cli XGROUP DESTROY <stream> <group>; it cannot be undone',
  runbook: 'stream-will-fill',
  needs: ['groups'],
  limits: { warnAt: hours(1), failAt: hours(24) },

  judge: ({ groups }, { limits }) =>
    groups.map((evidence) => {
      const { group, state, consumers, stream } = evidence
      const behindMs = behind(evidence)
      const quiet = consumers.map(({ inactiveMs, idleMs }) => inactiveMs ?? idleMs)
      const isEmpty = state.firstEntryId === null || placeOf(group, state) === 'caught-up'
      // Where IDs are sequences, nobody knows how far behind it is, only how long nobody has asked.
      const unreadMs = isEmpty ? 0 : Math.min(behindMs ?? Infinity, ...quiet)
      const verdict = judgeCeiling(Number.isFinite(unreadMs) ? Math.max(0, unreadMs) : null, limits)
      const far = behindMs === null ? 'some way' : formatMeasure(behindMs, 'ms')
      const lag = group.lag === null ? 'an unknown number of entries' : countEntries(group.lag)
      return {
        subject: groupSubject(evidence),
        verdict,
        observed:
          verdict === 'pass'
            ? 'somebody reads it'
            : `it stands ${far} before the end and nobody reads it; it keeps ${lag} in memory`,
        expected: `read within ${formatMeasure(limits.warnAt, 'ms')}`,
        evidence: quoteGroup(evidence),
        remedy: `if nobody needs it: redis-cli XGROUP DESTROY ${shellWord(stream)} ${shellWord(group.name)}; it cannot be undone`,
      }
    }),
})

/** Between the group and the end of the stream by the time in their IDs; a group at 0-0 is as old as the stream. */
function behind({
  group,
  state,
}: {
  group: { lastDeliveredId: string }
  state: { firstEntryId: string | null; lastGeneratedId: string }
}): number | null {
  const from = entryTime(group.lastDeliveredId) ?? (state.firstEntryId ? entryTime(state.firstEntryId) : null)
  const to = entryTime(state.lastGeneratedId)
  return from === null || to === null ? null : to - from
}
