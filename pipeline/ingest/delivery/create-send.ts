import type { LinesAppend } from '#pipeline/ingest/append/append-lines.ts'
import { parseWriteRefusal } from '#pipeline/ingest/append/lines-reply.ts'
import type { QueuedBatch } from './batcher.ts'
import type { SendReply } from './delivery.ts'
import type { KeepRejected } from './keep-rejected.ts'

/**
 * One try to store a batch. Its rejected frames are kept first: the cursor never passes a frame that is
 * neither in the stream nor beside it.
 */
export function createSend(
  append: LinesAppend,
  keepRejected: KeepRejected,
  onUnkept: (frames: number) => void,
): (queued: QueuedBatch) => Promise<SendReply> {
  return async ({ batch, rejected }) => {
    try {
      if (rejected.length > 0) {
        const unkept = await keepRejected(rejected)
        rejected.length = 0
        if (unkept > 0) onUnkept(unkept)
      }
      return batch ? await append(batch) : { outcome: 'nothing-to-store' }
    } catch (error) {
      return parseWriteRefusal(error as Error) ?? { outcome: 'no-reply', says: (error as Error).message }
    }
  }
}
