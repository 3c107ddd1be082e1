import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { defineCheck } from '../check.ts'
import type { GroupEvidence } from '../evidence.ts'
import { placeOf } from '../judge-cursor.ts'
import { countEntries, groupSubject, quoteGroup } from '../quote-group.ts'
import { replicasFollow } from '../replicas-follow.ts'
import { toProduct } from '../to-product.ts'

/** https://redis.io/docs/latest/commands/xinfo-groups/#consumer-group-lag */
export default defineCheck({
  id: 'lag-known',
  title: 'Redis knows how far behind each group is',
  why: 'Where the lag is not known, or wrong, every alert and dashboard on it is blind: many show a lag that Redis answered as nil as 0 while the group stands still.',
  remedy:
    'read the group to its end once, or set it anew: redis-cli XGROUP SETID <stream> <group> <id> ENTRIESREAD <n>',
  runbook: 'stream-cursor-ahead',
  needs: ['groups', 'server'],
  since: '7.0.0',
  limits: {},

  judge({ groups, server }) {
    const replica = server.has('role') && server.text('role') === 'slave'
    const blind = replica && !replicasFollow(toProduct(server))
    return groups.map((evidence) => {
      const doubt = blind
        ? 'this is a replica, and those of this version do not follow what was read'
        : doubtAbout(evidence)
      return {
        subject: groupSubject(evidence),
        verdict: doubt === null ? 'pass' : 'unknown',
        observed: doubt ?? countEntries(evidence.group.lag ?? 0),
        expected: 'a number that fits the stream',
        evidence: [...quoteGroup(evidence), ...server.quotes('role')],
      }
    })
  },
})

/** Why the lag is not to be believed; `null` when it is. */
function doubtAbout({ state, group }: GroupEvidence): string | null {
  const { lag } = group
  if (lag === null) return `Redis cannot tell: ${whyUnknown(state, group)}`
  if (lag < 0) return `${lag} is impossible: ENTRIESREAD was set above what was ever added`
  if (lag > state.length) {
    return `${countEntries(lag)} cannot be: the stream holds ${state.length}; the others were trimmed unread`
  }
  if (lag > 0 && placeOf(group, state) === 'caught-up') {
    return `${countEntries(lag)} cannot be: the group has read to the end; they were trimmed unread`
  }
  return null
}

function whyUnknown(state: GroupEvidence['state'], group: GroupEvidence['group']): string {
  if (state.entriesAdded === null) return 'this version does not count; it needs Redis 7.0'
  if (placeOf(group, state) === 'ahead') return 'the group stands past the last entry of the stream'
  const deleted = state.maxDeletedEntryId ?? '0-0'
  if (compareEntryIds(deleted, group.lastDeliveredId) > 0)
    return `XDEL removed ${deleted}, ahead of the group`
  return 'the group was created at, or set to, an ID in the middle of the stream'
}
