import { cidOf, cidText } from './cid.ts'
import type { StrongRef } from './compose-record.ts'
import type { Random } from './random.ts'
import { tidOf } from './tid.ts'

/** The posts that people like, repost and answer at the moment. */
export interface RecentPosts {
  add(post: StrongRef): void
  /** The newer, the likelier. */
  pick(random: Random): StrongRef
}

const KEPT = 2_048
const BEFORE_THE_FIRST = 32

/** Begins with a few posts from before, so that the first like has something to like. */
export function recentPosts(): RecentPosts {
  const posts = Array.from({ length: BEFORE_THE_FIRST }, (_, index) => aPostFromBefore(index))
  let newest = posts.length - 1
  return {
    add(post) {
      newest = (newest + 1) % KEPT
      posts[newest] = post
    },
    pick(random) {
      const age = Math.floor(random.next() ** 2 * posts.length)
      return posts[(newest - age + posts.length) % posts.length] as StrongRef
    },
  }
}

function aPostFromBefore(index: number): StrongRef {
  const did = `did:plc:${tidOf(index, 0)}${tidOf(index, 1)}`.slice(0, 32)
  const cid = cidText(cidOf(Buffer.from(`post ${index}`)))
  return { uri: `at://${did}/app.bsky.feed.post/${tidOf(1.7e15 + index, 0)}`, cid }
}
