import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { formatEntryId, parseEntryId } from '#kernel/streams/entry-id.ts'
import type { GroupNeed } from './group-need.ts'
import { settledUpTo } from './settled-up-to.ts'

/** Nothing may be trimmed, and why, in a sentence's end: `has no group, so …`. */
export interface NothingMayGo {
  readonly keepFrom: null
  readonly because: string
}

/** How far a stream may be trimmed. */
export interface TrimHorizon {
  /** The lowest ID that must stay, as XTRIM MINID wants it. */
  readonly keepFrom: string
  /** The group that needs it: the one that holds back all others. */
  readonly pinnedBy: string
}

const LARGEST = 2n ** 64n - 1n

/**
 * Below the least of what any group still needs, and never beyond. Without a group nobody has said what is no
 * longer needed. A cursor beyond `lastGeneratedId` was set by hand, not by reading: whoever believes it removes
 * what nobody has read. `lastGeneratedId` must have been looked up after the groups.
 */
export function trimHorizon(
  groups: readonly GroupNeed[],
  lastGeneratedId: string,
): TrimHorizon | NothingMayGo {
  const ahead = groups.find(({ lastDeliveredId }) => compareEntryIds(lastDeliveredId, lastGeneratedId) > 0)
  if (ahead) {
    const cursor = `the cursor of group ${ahead.name}, ${ahead.lastDeliveredId}`
    return nothing(
      `has its end at ${lastGeneratedId}, and ${cursor}, is beyond it: what was read cannot be told`,
    )
  }
  const settled = groups.map((group) => ({ name: group.name, id: settledUpTo(group) }))
  const [slowest] = settled.toSorted((a, b) => compareEntryIds(a.id, b.id))
  if (!slowest) return nothing('has no group, so nothing says what may go')
  return { keepFrom: entryIdAfter(slowest.id), pinnedBy: slowest.name }
}

const nothing = (because: string): NothingMayGo => ({ keepFrom: null, because })

function entryIdAfter(id: string): string {
  const { ms, seq } = parseEntryId(id)
  return formatEntryId(seq < LARGEST ? { ms, seq: seq + 1n } : { ms: ms + 1n, seq: 0n })
}
