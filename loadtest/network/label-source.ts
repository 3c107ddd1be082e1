import { messageFrame } from './frame.ts'
import type { FrameSource } from './frame-source.ts'
import { seededRandom } from './random.ts'
import { recentPosts } from './recent-posts.ts'
import { weighted } from './weighted.ts'

/** An assumption: what labelers mostly say. */
const VALUES = { spam: 0.3, porn: 0.3, sexual: 0.2, nudity: 0.1, rude: 0.1 } as const

const NEGATED = 0.05
const ABOUT_ACCOUNTS = 0.2
const LABELER = 'did:plc:labelerlabelerlabelerlab'

export interface LabelSourceOptions {
  readonly seed: number
  /** Sequence of the first frame; 1 by default. */
  readonly firstSeq?: number
  /** Milliseconds since the Unix epoch; read once per frame. */
  readonly now?: () => number
}

/** A labeler that never falls silent: unsigned labels about posts and accounts, some of them taken back. */
export function labelSource({ seed, firstSeq = 1, now = Date.now }: LabelSourceOptions): FrameSource {
  const random = seededRandom(seed)
  const posts = recentPosts()
  const drawValue = weighted(VALUES)
  let seq = firstSeq - 1
  return {
    next() {
      seq += 1
      const { uri, cid } = posts.pick(random).ref
      const subject = random.chance(ABOUT_ACCOUNTS) ? { uri: uri.split('/')[2] } : { uri, cid }
      const cts = new Date(now()).toISOString()
      const negated = random.chance(NEGATED) ? { neg: true } : {}
      const label = { ver: 1, src: LABELER, ...subject, val: drawValue(random), ...negated, cts }
      return { seq, bytes: messageFrame('#labels', { seq, labels: [label] }), events: [] }
    },
  }
}
