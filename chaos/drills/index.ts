import type { Drill } from '#chaos/drill.ts'
import consumerKilledMidBatch from './consumer-killed-mid-batch.ts'
import consumerPaused from './consumer-paused.ts'
import consumersAway from './consumers-away.ts'
import cursorFromTheFuture from './cursor-from-the-future.ts'
import cursorStuckAhead from './cursor-stuck-ahead.ts'
import evictionPolicyLoosened from './eviction-policy-loosened.ts'
import ingesterAway from './ingester-away.ts'
import ingesterKilledMidFlow from './ingester-killed-mid-flow.ts'
import memoryFilling from './memory-filling.ts'
import redisKilledMidFlow from './redis-killed-mid-flow.ts'
import redisOutOfMemory from './redis-out-of-memory.ts'
import streamDeleted from './stream-deleted.ts'
import streamTrimmedUnread from './stream-trimmed-unread.ts'

/** Every injury that can be rehearsed. Written by `standpipe docs --write` from the files of this folder. */
export const drills: readonly Drill[] = [
  consumerKilledMidBatch,
  consumerPaused,
  consumersAway,
  cursorFromTheFuture,
  cursorStuckAhead,
  evictionPolicyLoosened,
  ingesterAway,
  ingesterKilledMidFlow,
  memoryFilling,
  redisKilledMidFlow,
  redisOutOfMemory,
  streamDeleted,
  streamTrimmedUnread,
]
