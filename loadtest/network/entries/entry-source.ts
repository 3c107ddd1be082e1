import { DEFAULT_MIX, type EventMix } from '../event-mix.ts'
import { seededRandom } from '../random.ts'
import { recentPosts } from '../recent-posts.ts'
import { textPool } from '../text-pool.ts'
import { tidOf } from '../tid.ts'
import { entryTemplates } from './entry-template.ts'

/** Finished values of the stream's one field, faster than anything that reads them. */
export interface EntrySource {
  /** The next `count` events as JSON text, in the order of their sequences. */
  next(count: number): string[]
}

export interface EntrySourceOptions {
  readonly mix?: EventMix
  /** Milliseconds since the Unix epoch; read once per call. */
  readonly now?: () => number
  /** Sequence of the first event. */
  readonly firstSeq?: number
}

const TEMPLATES = 4_096
const FIRST_SEQ = 10_000_000_000

/** A TID ends in ten bits of clock identifier: two characters. Here they count within a microsecond. */
const CLOCK_IDS = 1_024

/**
 * Events of the sizes, kinds and authors that the network's are, with sequences, revisions and record keys that
 * increase; CIDs hash nothing. The same seed and the same times give the same entries.
 */
export function entrySource(seed: number, options: EntrySourceOptions = {}): EntrySource {
  const { mix = DEFAULT_MIX, now = Date.now, firstSeq = FIRST_SEQ } = options
  const random = seededRandom(seed)
  const posts = recentPosts(mix.viral)
  const beganAt = now()
  const templates = entryTemplates(TEMPLATES, seed, mix, {
    random,
    texts: textPool(seed, mix.posts),
    mix,
    createdAt: new Date(beganAt).toISOString(),
    aPost: () => posts.pick(random),
  })
  const tails = Array.from({ length: CLOCK_IDS }, (_, id) => tidOf(0, id).slice(-2))
  let made = 0
  let stem = ''

  function entry(time: string): string {
    const within = made % CLOCK_IDS
    if (within === 0) stem = tidOf(beganAt * 1_000 + made / CLOCK_IDS, 0).slice(0, -2)
    const { opening, parts } = random.pick(templates)
    const seq = firstSeq + made
    made += 1
    return `${opening}${seq},"time":"${time}${parts.join(stem + tails[within])}`
  }

  return {
    next(count) {
      const time = new Date(now()).toISOString()
      return Array.from({ length: count }, () => entry(time))
    },
  }
}
