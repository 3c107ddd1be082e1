import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import { formatEntryId, parseEntryId } from '#kernel/streams/entry-id.ts'
import type { GroupNeed } from './group-need.ts'

const LARGEST = 2n ** 64n - 1n

/**
 * The ID up to which a group needs nothing any more: every entry at or below it was delivered and
 * acknowledged. What was delivered must have been looked up before what is pending; then entries that are
 * delivered or acknowledged between the two looks can only make the answer too careful.
 */
export function settledUpTo({ lastDeliveredId, oldestPendingId }: GroupNeed): string {
  if (oldestPendingId === null) return lastDeliveredId
  const before = entryIdBefore(oldestPendingId)
  return compareEntryIds(before, lastDeliveredId) < 0 ? before : lastDeliveredId
}

function entryIdBefore(id: string): string {
  const { ms, seq } = parseEntryId(id)
  if (seq > 0n) return formatEntryId({ ms, seq: seq - 1n })
  return ms > 0n ? formatEntryId({ ms: ms - 1n, seq: LARGEST }) : '0-0'
}
