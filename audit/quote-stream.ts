import type { StreamState } from '#kernel/streams/read-stream.ts'
import type { Quote } from './quote.ts'

/** What Redis said about a stream. */
export function quoteStream(stream: string, state: StreamState): Quote {
  return {
    command: `XINFO STREAM ${stream}`,
    value: `length=${state.length} first-entry=${state.firstEntryId ?? 'nil'} last-generated-id=${state.lastGeneratedId} entries-added=${state.entriesAdded ?? 'nil'} max-deleted-entry-id=${state.maxDeletedEntryId ?? 'nil'} radix-tree-keys=${state.radixTreeKeys}`,
  }
}
