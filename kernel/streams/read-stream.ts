import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { type ReplyFields, replyFields } from '#kernel/redis/reply-fields.ts'
import { replyText } from '#kernel/redis/reply-text.ts'

/** A stream as `XINFO STREAM` describes it, without its groups. */
export interface StreamState {
  /** Entries in the stream now. */
  readonly length: number
  /** `null` when the stream is empty. */
  readonly firstEntryId: string | null
  /** `null` when the stream is empty. */
  readonly lastEntryId: string | null
  /** The highest ID ever given out; `0-0` when there never was an entry. */
  readonly lastGeneratedId: string
  /** Entries ever added; `null` before Redis 7.0, which does not count. */
  readonly entriesAdded: number | null
  /** The highest ID removed by XDEL, `0-0` when none was; trimming does not count. `null` before Redis 7.0. */
  readonly maxDeletedEntryId: string | null
  readonly radixTreeKeys: number
  readonly radixTreeNodes: number
  /** Consumer groups on the stream. */
  readonly groups: number
}

/** One round trip, O(1). `null` when there is no such key. Rejects with Redis' WRONGTYPE for another type. */
export async function readStream(redis: Redis, stream: string | Buffer): Promise<StreamState | null> {
  try {
    return toStreamState(await redis.callBuffer('XINFO', 'STREAM', stream))
  } catch (error) {
    if (isReplyError(error, 'ERR no such key')) return null
    throw error
  }
}

function toStreamState(reply: unknown): StreamState {
  const fields = replyFields('XINFO STREAM', reply)
  return {
    length: fields.number('length'),
    firstEntryId: idOf(fields, 'first-entry'),
    lastEntryId: idOf(fields, 'last-entry'),
    lastGeneratedId: fields.text('last-generated-id'),
    entriesAdded: fields.numberOrNull('entries-added'),
    maxDeletedEntryId: fields.has('max-deleted-entry-id') ? fields.text('max-deleted-entry-id') : null,
    radixTreeKeys: fields.number('radix-tree-keys'),
    radixTreeNodes: fields.number('radix-tree-nodes'),
    groups: fields.number('groups'),
  }
}

function idOf(fields: ReplyFields, name: string): string | null {
  const [id] = fields.listOrNull(name) ?? []
  return replyText(id)
}
