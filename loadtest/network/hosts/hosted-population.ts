import { COMPOSERS } from '../compose-record.ts'
import { DEFAULT_MIX, type EventMix } from '../event-mix.ts'
import { seededRandom } from '../random.ts'
import { recentPosts } from '../recent-posts.ts'
import type { Write } from '../repo.ts'
import { textPool } from '../text-pool.ts'
import { tidClock } from '../tid.ts'
import { weighted } from '../weighted.ts'
import { type HostedRepo, hostedRepo } from './hosted-repo.ts'

export interface HostedPopulationOptions {
  /** The same seed gives the same repos. */
  readonly seed: number
  readonly repos: number
  /** Records of each repo. */
  readonly records: number
  readonly mix?: EventMix
}

/** When their histories end; only the revisions depend on it. */
const THEN = Date.UTC(2026, 0, 1)

/** Accounts with a history in their repos, signed on either curve. */
export function hostedPopulation(options: HostedPopulationOptions): HostedRepo[] {
  const { seed, repos, records, mix = DEFAULT_MIX } = options
  const random = seededRandom(seed)
  const posts = recentPosts(mix.viral)
  const nextTid = tidClock(seed % 1_024)
  const drawKind = weighted(mix.records)
  const texts = textPool(seed, mix.posts)
  const aPost = () => posts.pick(random)
  let written = 0

  const compose = () => {
    written += 1
    const createdAt = new Date(THEN - written * 1_000).toISOString()
    return COMPOSERS[drawKind(random)]({ random, texts, mix, createdAt, aPost })
  }
  const writes = (): Write[] => {
    const byPath = new Map<string, Write>()
    while (byPath.size < records) {
      const { collection, rkey, record } = compose()
      const path = `${collection}/${rkey ?? nextTid(THEN)}`
      byPath.set(path, { action: 'create', path, record })
    }
    return [...byPath.values()]
  }

  return Array.from({ length: repos }, (_, index) => {
    const name = `hosted ${seed}/${index}`
    const repo = hostedRepo({
      name,
      handle: `user-${index}.pds.test`,
      k256: random.chance(mix.accounts.k256),
    })
    repo.commit(writes(), nextTid(THEN))
    return repo
  })
}
