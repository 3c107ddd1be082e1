import type { LinesReply } from './lines-reply.ts'

/** What became of a batch of one relay. Everything but `appended` means that nothing of it was written. */
export type AppendReply = WithOneCursor<LinesReply>

/** The same with the one cursor in the place of several; `null` when there is none. */
type WithOneCursor<Reply> = Reply extends { readonly cursors: unknown }
  ? Omit<Reply, 'cursors'> & { readonly cursor: number | null }
  : Reply
