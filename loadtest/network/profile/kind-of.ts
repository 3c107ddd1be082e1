import type { RecordKind } from '../event-mix.ts'

const KINDS: Readonly<Record<string, RecordKind>> = {
  'app.bsky.feed.like': 'like',
  'app.bsky.graph.follow': 'follow',
  'app.bsky.feed.post': 'post',
  'app.bsky.feed.repost': 'repost',
  'app.bsky.graph.block': 'block',
  'app.bsky.actor.profile': 'profile',
  'chat.bsky.actor.declaration': 'declaration',
}

/** Which of our kinds a collection is most like; everything that we do not make up is `other`. */
export function kindOf(collection: string): RecordKind {
  return KINDS[collection] ?? 'other'
}
