import type { Account } from './account.ts'
import { authorOf } from './author.ts'
import { cidText } from './cid.ts'
import { commitFrame } from './commit-frame.ts'
import type { Scene } from './compose-record.ts'
import { DEFAULT_MIX, type EventMix } from './event-mix.ts'
import type { FrameSource } from './frame-source.ts'
import { populationOf } from './population.ts'
import { presenceOf, type Unsent } from './presence.ts'
import { seededRandom } from './random.ts'
import { recentPosts } from './recent-posts.ts'
import type { Commit, Write } from './repo.ts'
import type { StrongRef } from './strong-ref.ts'
import { syncFrame } from './sync-frame.ts'
import { textPool } from './text-pool.ts'
import { tidClock } from './tid.ts'
import { weighted } from './weighted.ts'

export interface NetworkOptions {
  /** The same seed and the same times give the same bytes. */
  readonly seed: number
  /** How many accounts there are at a time. */
  readonly accounts: number
  readonly mix?: EventMix
  /** Milliseconds since the Unix epoch; read once per frame. */
  readonly now?: () => number
  /** Sequence of the first frame, 1 by default. Networks that begin elsewhere have other accounts. */
  readonly firstSeq?: number
  /** Told of every account as it comes to life. */
  readonly onBorn?: (account: Account) => void
  /** Told of every commit, also of the one that gives an account its past. */
  readonly onCommit?: (account: Account, commit: Commit) => void
  /** Told of every account that has left for good, before the stream tells of it. */
  readonly onGone?: (account: Account) => void
}

const MONTH_MS = 30 * 86_400_000
const CLOCK_IDS = 1_024

/** People who write for ever: valid signed commits, identities and accounts, one frame at a time. */
export function syntheticNetwork(options: NetworkOptions): FrameSource {
  const {
    seed,
    accounts,
    mix = DEFAULT_MIX,
    now = Date.now,
    firstSeq = 1,
    onBorn,
    onCommit,
    onGone,
  } = options
  const random = seededRandom(seed)
  const texts = textPool(seed, mix.posts)
  const posts = recentPosts(mix.viral)
  const presence = presenceOf(mix, random)
  const waiting: Unsent[] = []
  const past = now() - MONTH_MS
  const pastTid = tidClock(seed % CLOCK_IDS)
  const tid = tidClock(seed % CLOCK_IDS)
  let nowMs = past
  let seq = firstSeq - 1

  const author = authorOf(mix, () => tid(nowMs))
  const historian = authorOf(mix, () => pastTid(past))
  const drawMessage = weighted({ ...mix.messages, commit: 1 - sum(Object.values(mix.messages)) })
  const sceneAt = (ms: number): Scene => ({
    random,
    texts,
    mix,
    createdAt: new Date(ms).toISOString(),
    aPost: () => posts.pick(random),
  })
  const population = populationOf({
    name: firstSeq === 1 ? `${seed}` : `${seed}/${firstSeq}`,
    accounts,
    mix,
    random,
    texts,
    settle(account) {
      const commit = account.repo.commit(historian.past(account, sceneAt(past)), pastTid(past))
      onBorn?.(account)
      onCommit?.(account, commit)
    },
  })

  function compose(mostEvents: number): Unsent {
    const account = population.draw()
    switch (drawMessage(random)) {
      case 'identity':
        return presence.identify(account)
      case 'account':
        return presence.change(account)
      case 'sync':
        return (at, time) => syncFrame(account.repo, at, time)
      case 'commit':
        return account.status ? presence.comeBack(account) : write(account, mostEvents)
    }
  }

  function write(account: Account, mostEvents: number): Unsent {
    const { did, repo } = account
    const writes = author.writes(account, sceneAt(nowMs), mostEvents)
    const commit = repo.commit(writes, tid(nowMs))
    remember(account, commit, writes)
    onCommit?.(account, commit)
    if (repo.records.size >= mix.accounts.repoRecords) {
      onGone?.(account)
      waiting.push(...presence.succeed(account, population.replace(account)))
    }
    return (at, time) => commitFrame(did, at, time, commit)
  }

  function remember({ did, written }: Account, commit: Commit, writes: readonly Write[]): void {
    for (const [index, { action, path, cid }] of commit.ops.entries()) {
      if (action !== 'create' || !cid || path.endsWith('/self')) continue
      written.push(path)
      if (!path.startsWith('app.bsky.feed.post/')) continue
      const ref = { uri: `at://${did}/${path}`, cid: cidText(cid) }
      posts.add({ ref, root: rootOf(writes[index]) ?? ref })
    }
  }

  return {
    next(mostEvents) {
      nowMs = now()
      seq += 1
      return (waiting.shift() ?? compose(mostEvents))(seq, new Date(nowMs).toISOString())
    },
  }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

/** Where the thread of an answer began; `null` for a post that begins its own. */
function rootOf(write: Write | undefined): StrongRef | null {
  const record = write && 'record' in write ? (write.record as { reply?: { root: StrongRef } }) : {}
  return record.reply?.root ?? null
}
