import type { Drill } from '#chaos/drill.ts'
import consumerKilledMidBatch from './consumer-killed-mid-batch.ts'
import consumerPaused from './consumer-paused.ts'
import consumersAway from './consumers-away.ts'
import cursorStuckAhead from './cursor-stuck-ahead.ts'
import ingesterAway from './ingester-away.ts'
import ingesterKilledMidFlow from './ingester-killed-mid-flow.ts'
import redisKilledMidFlow from './redis-killed-mid-flow.ts'
import redisOutOfMemory from './redis-out-of-memory.ts'

/** Every injury that can be rehearsed. Written by `standpipe docs --write` from the files of this folder. */
export const drills: readonly Drill[] = [
  consumerKilledMidBatch,
  consumerPaused,
  consumersAway,
  cursorStuckAhead,
  ingesterAway,
  ingesterKilledMidFlow,
  redisKilledMidFlow,
  redisOutOfMemory,
]
