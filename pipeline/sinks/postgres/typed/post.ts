import { fieldOf, textOf, timeOf, uriIn } from './read-value.ts'
import type { TypedTable } from './typed-table.ts'

/** https://docs.bsky.app/docs/advanced-guides/posts */
export const post: TypedTable = {
  table: 'bsky_post',
  collection: 'app.bsky.feed.post',
  columns: {
    text: 'text',
    reply_root: 'text',
    reply_parent: 'text',
    quotes: 'text',
    created_at: 'timestamptz',
  },
  toColumns(record) {
    const text = textOf(record['text'])
    if (text === null) return null
    const { reply, embed, createdAt } = record
    return {
      text,
      reply_root: uriIn(fieldOf(reply, 'root')),
      reply_parent: uriIn(fieldOf(reply, 'parent')),
      quotes: quotedBy(embed),
      created_at: timeOf(createdAt),
    }
  },
}

/** A quote with media holds its reference one level deeper. */
function quotedBy(embed: unknown): string | null {
  const quoted = fieldOf(embed, 'record')
  return uriIn(quoted) ?? uriIn(fieldOf(quoted, 'record'))
}
