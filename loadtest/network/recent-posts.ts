import { cidOf, cidText } from './cid.ts'
import type { Random } from './random.ts'
import type { StrongRef } from './strong-ref.ts'
import { tidOf } from './tid.ts'

/** A post that others may be about, and where its thread began. */
export interface RecentPost {
  readonly ref: StrongRef
  readonly root: StrongRef
}

/** The posts that people like, repost and answer at the moment. */
export interface RecentPosts {
  add(post: RecentPost): void
  /** The one that everybody talks of, or another: the newer, the likelier. */
  pick(random: Random): RecentPost
}

const KEPT = 2_048
const BEFORE_THE_FIRST = 32

/** Posts after which everybody talks of another. */
const FAME_LASTS = 500

/** Begins with a few posts from before, so that the first like has something to like. `viral` is a share. */
export function recentPosts(viral = 0): RecentPosts {
  const posts = Array.from({ length: BEFORE_THE_FIRST }, (_, index) => aPostFromBefore(index))
  let newest = posts.length - 1
  let famous = posts[newest] as RecentPost
  let added = 0
  return {
    add(post) {
      newest = (newest + 1) % KEPT
      posts[newest] = post
      if (added % FAME_LASTS === 0) famous = post
      added += 1
    },
    pick(random) {
      if (random.chance(viral)) return famous
      const age = Math.floor(random.next() ** 2 * posts.length)
      return posts[(newest - age + posts.length) % posts.length] as RecentPost
    },
  }
}

function aPostFromBefore(index: number): RecentPost {
  const did = `did:plc:${tidOf(index, 0)}${tidOf(index, 1)}`.slice(0, 32)
  const cid = cidText(cidOf(Buffer.from(`post ${index}`)))
  const ref = { uri: `at://${did}/app.bsky.feed.post/${tidOf(1.7e15 + index, 0)}`, cid }
  return { ref, root: ref }
}
