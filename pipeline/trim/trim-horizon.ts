import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { formatEntryId, parseEntryId } from '#kernel/streams/entry-id.ts'
import type { GroupNeed } from './group-need.ts'
import { settledUpTo } from './settled-up-to.ts'

/** How far a stream may be trimmed. */
export interface TrimHorizon {
  /** The lowest ID that must stay, as XTRIM MINID wants it. */
  readonly keepFrom: string
  /** The group that needs it: the one that holds back all others. */
  readonly pinnedBy: string
}

const LARGEST = 2n ** 64n - 1n

/**
 * Below the least of what any group still needs, and never beyond. `null` when there is no group: then nobody
 * has said what is no longer needed, so nothing may go.
 */
export function trimHorizon(groups: readonly GroupNeed[]): TrimHorizon | null {
  const settled = groups.map((group) => ({ name: group.name, id: settledUpTo(group) }))
  const [slowest] = settled.toSorted((a, b) => compareEntryIds(a.id, b.id))
  return slowest ? { keepFrom: entryIdAfter(slowest.id), pinnedBy: slowest.name } : null
}

function entryIdAfter(id: string): string {
  const { ms, seq } = parseEntryId(id)
  return formatEntryId(seq < LARGEST ? { ms, seq: seq + 1n } : { ms: ms + 1n, seq: 0n })
}
