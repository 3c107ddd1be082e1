import { COMPOSERS, type Scene } from '#loadtest/network/compose-record.ts'
import { DEFAULT_MIX } from '#loadtest/network/event-mix.ts'
import { seededRandom } from '#loadtest/network/random.ts'
import { recentPosts } from '#loadtest/network/recent-posts.ts'
import { textPool } from '#loadtest/network/text-pool.ts'
import { tidClock } from '#loadtest/network/tid.ts'
import { weighted } from '#loadtest/network/weighted.ts'

/** What templates save: composing a record and writing it as JSON for every entry. */
export function composedEachTime(seed: number): () => string {
  const random = seededRandom(seed)
  const texts = textPool(seed, DEFAULT_MIX.posts)
  const posts = recentPosts(DEFAULT_MIX.viral)
  const drawKind = weighted(DEFAULT_MIX.records)
  const tid = tidClock(1)
  let seq = 10_000_000_000

  return () => {
    const time = new Date().toISOString()
    const scene: Scene = { random, texts, mix: DEFAULT_MIX, createdAt: time, aPost: () => posts.pick(random) }
    const { collection, rkey, record } = COMPOSERS[drawKind(random)](scene)
    const { uri, cid } = scene.aPost().ref
    const did = uri.slice(5, 37)
    const rev = tid(Date.now())
    seq += 1
    const common = { type: 'create', seq, time, did, commit: cid, rev }
    return JSON.stringify({ ...common, collection, rkey: rkey ?? rev, cid, record })
  }
}
