import { compareEntryIds } from '#kernel/streams/compare-entry-ids.ts'
import type { Mark } from './count-undelivered.ts'
import { type GroupLook, NOTHING_SETTLED, type Settled, type StreamLook } from './look.ts'

/**
 * Why an epoch ends. `recreated`: the stream was deleted, flushed or evicted, and none of its entries is left.
 * `went-back`: Redis forgot its newest entries, as after a power loss or a failover. `counts-went-back`: the counts
 * of the readers did alone. `rewound`: the group was set back and receives entries again. `counting-began`:
 * readers have begun to count. `by-hand`: an operator wanted a new one.
 */
export const ENDINGS = [
  'recreated',
  'went-back',
  'counts-went-back',
  'rewound',
  'counting-began',
  'by-hand',
] as const

export type Ending = (typeof ENDINGS)[number]

/** What broke between two looks; `null` when the second one continues the first. A group that is gone breaks nothing. */
export function findBreak(before: Mark, stream: StreamLook | null, group: GroupLook | null): Ending | null {
  if (stream === null) return 'recreated'
  const { added, lastGeneratedId } = before.stream
  const isNew = stream.firstEntryId === null || compareEntryIds(stream.firstEntryId, lastGeneratedId) > 0
  if (stream.added < added) return isNew ? 'recreated' : 'went-back'
  if (isNew && stream.firstEntryId !== null && stream.added - stream.length < added) return 'recreated'
  if (compareEntryIds(stream.lastGeneratedId, lastGeneratedId) < 0) return 'went-back'
  return group === null ? null : findGroupBreak(before, group)
}

function findGroupBreak(before: Mark, group: GroupLook): Ending | null {
  if (before.settled !== null && haveFallen(before.settled, group.settled)) return 'counts-went-back'
  if (compareEntryIds(group.lastDeliveredId, before.lastDeliveredId) < 0) return 'rewound'
  return before.settled === null && group.settled !== null ? 'counting-began' : null
}

function haveFallen(before: Settled, now: Settled | null): boolean {
  const { acknowledged, deadLettered, lostBodies } = now ?? NOTHING_SETTLED
  return (
    acknowledged < before.acknowledged || deadLettered < before.deadLettered || lostBodies < before.lostBodies
  )
}
