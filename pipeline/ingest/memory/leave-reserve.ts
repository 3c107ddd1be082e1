import type { QueuedBatch } from '#pipeline/ingest/delivery/batcher.ts'
import type { SendReply } from '#pipeline/ingest/delivery/delivery.ts'
import { isTight } from './judge-memory.ts'
import type { MemoryWatch } from './watch-memory.ts'

type Send = (queued: QueuedBatch) => Promise<SendReply>

/** Entries wait while Redis has no room but its reserve; what moves only the cursor may use that. */
export function leaveReserve(send: Send, memory: Pick<MemoryWatch, 'room'>): Send {
  return async (queued) => {
    const adds = (queued.batch?.commits.length ?? 0) > 0 || queued.rejected.length > 0
    if (adds && isTight(memory.room)) return { outcome: 'memory-reserve', ...memory.room }
    return await send(queued)
  }
}
