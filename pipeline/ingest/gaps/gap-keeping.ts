import type { Redis } from 'ioredis'
import { systemClock } from '#kernel/time/clock.ts'
import type { Gap, GapEnd } from '#pipeline/contract.ts'
import { hostOf } from '#pipeline/dialects/host-of.ts'
import type { Chronicle } from '#pipeline/ingest/chronicle.ts'
import type { IngestCounts } from '#pipeline/ingest/counts.ts'
import type { Notice } from '#pipeline/ingest/frames/frame.ts'
import { createFutureCursor, type OnFutureCursor } from './future-cursor.ts'
import { createGapWatch } from './gap-watch.ts'
import { type CursorPlace, startOver } from './start-over.ts'

export interface GapKeepingOptions {
  readonly redis: Redis
  readonly place: CursorPlace
  readonly relay: string
  /** Up to where everything is stored. */
  readonly last: GapEnd
  readonly policy: OnFutureCursor
  readonly counts: IngestCounts
  readonly chronicle: Chronicle
  readonly isSettled: () => boolean
  /** The cursor is gone; the relay is to be asked from here on. */
  readonly onStartedOver: (from: 0 | null) => void
}

/** Hears everything that can break the order of one relay. */
export interface GapKeeping {
  readonly onOpen: (cursor: number | null) => void
  readonly onNotice: (notice: Notice) => void
  readonly onRolledBack: (cursor: number | null) => void
  /** To be told of every sequence; what may be missing before it. */
  readonly before: (seq: number, time: string) => Gap | null
}

export function createGapKeeping(options: GapKeepingOptions): GapKeeping {
  const { redis, place, relay, last, policy, counts, chronicle, isSettled } = options
  const watch = createGapWatch(hostOf(relay), last, () => systemClock.now())
  if (last.seq === null) watch.suspect('no-cursor')
  const onFutureCursor = createFutureCursor({
    policy,
    watch,
    isSettled,
    startOver: (gap) => startOver(redis, place, gap),
    onStartedOver(gap, from) {
      chronicle.onStartedOver(gap)
      options.onStartedOver(from)
    },
    onFailed: chronicle.onStartOverFailed,
  })
  return {
    onOpen(cursor) {
      if (cursor === null) watch.openedLive()
      chronicle.onOpen(cursor)
    },
    onNotice(notice) {
      chronicle.onNotice(notice)
      if (notice.name === 'OutdatedCursor') watch.suspect('outdated-cursor')
      if (notice.name === 'FutureCursor') void onFutureCursor()
    },
    onRolledBack: (cursor) => watch.fellBackTo(cursor),
    before(seq, time) {
      counts.cursorAhead = 0
      return watch.see(seq, time)
    },
  }
}
