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

interface Found {
  readonly stream: StreamLook | null
  readonly group: GroupLook | null
}

/** What broke since the last look; `null` when nothing did. A group that is gone breaks nothing. */
export function findBreak(opening: Mark | null, before: Mark, { stream, group }: Found): Ending | null {
  return findStreamBreak(before.stream, stream) ?? (group && findGroupBreak(opening, before, group))
}

function findStreamBreak(before: StreamLook, now: StreamLook | null): Ending | null {
  if (now === null) return 'recreated'
  const isNew = now.firstEntryId === null || compareEntryIds(now.firstEntryId, before.lastGeneratedId) > 0
  if (now.added < before.added) return isNew ? 'recreated' : 'went-back'
  // All that was there is gone, and yet less has left the stream than was ever added to it.
  if (isNew && now.firstEntryId !== null && now.added - now.length < before.added) return 'recreated'
  return compareEntryIds(now.lastGeneratedId, before.lastGeneratedId) < 0 ? 'went-back' : null
}

function findGroupBreak(opening: Mark | null, before: Mark, group: GroupLook): Ending | null {
  if (before.settled !== null && haveFallen(before.settled, group.settled)) return 'counts-went-back'
  if (compareEntryIds(group.lastDeliveredId, before.lastDeliveredId) < 0) return 'rewound'
  return opening?.settled === null && group.settled !== null ? 'counting-began' : null
}

function haveFallen(before: Settled, now: Settled | null): boolean {
  const { acknowledged, deadLettered, lostBodies } = now ?? NOTHING_SETTLED
  return (
    acknowledged < before.acknowledged || deadLettered < before.deadLettered || lostBodies < before.lostBodies
  )
}
