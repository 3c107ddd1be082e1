import type { Account } from './account.ts'
import { COMPOSERS, type Composed, composeThreadgate, type Scene } from './compose-record.ts'
import type { EventMix, RecordKind } from './event-mix.ts'
import type { Write } from './repo.ts'
import { weighted } from './weighted.ts'

/** Kinds of which a repo has one record, so that one commit cannot write several. */
const SINGULAR: readonly RecordKind[] = ['profile', 'declaration']

/** What an account commits next. */
export interface Author {
  /** Between 1 and `most` writes; deletes only what was written since the network began. */
  writes(account: Account, scene: Scene, most: number): Write[]
  /** Writes for records that were there before: never posts, since nobody has seen them. */
  past(account: Account, scene: Scene): Write[]
}

/** `nextTid` gives each new record its rkey. */
export function authorOf(mix: EventMix, nextTid: () => string): Author {
  const drawKind = weighted(mix.records)

  function writeOf({ repo }: Account, { collection, rkey, record }: Composed): Write {
    const path = `${collection}/${rkey ?? nextTid()}`
    return { action: repo.records.get(path) ? 'update' : 'create', path, record }
  }

  function howMany({ random }: Scene, most: number): number {
    const several = most > 1 && random.chance(mix.severalOps.share)
    return several ? Math.min(most, 2 + random.int(mix.severalOps.most - 1)) : 1
  }

  function deletes({ written }: Account, scene: Scene, most: number): Write[] {
    const count = Math.min(written.length, howMany(scene, most))
    return Array.from({ length: count }, () => ({ action: 'delete', path: takeOne(written, scene) }))
  }

  return {
    writes(account, scene, most) {
      if (account.written.length > 0 && scene.random.chance(mix.deletes)) return deletes(account, scene, most)
      const kind = drawKind(scene.random)
      const count = SINGULAR.includes(kind) ? 1 : howMany(scene, most)
      const writes = Array.from({ length: count }, () => writeOf(account, COMPOSERS[kind](scene)))
      const gated = kind === 'post' && count < most && scene.random.chance(mix.posts.threadgates)
      return gated ? [...writes, gateOf(account, writes[0], scene)] : writes
    },
    past(account, scene) {
      const follows = Array.from({ length: scene.random.int(mix.accounts.history) + 1 }, () =>
        writeOf(account, COMPOSERS.follow(scene)),
      )
      if (!scene.random.chance(mix.accounts.profiled)) return follows
      return [...follows, writeOf(account, COMPOSERS.profile(scene))]
    },
  }
}

function takeOne(paths: string[], { random }: Scene): string {
  const index = random.int(paths.length)
  const last = paths.pop() as string
  if (index === paths.length) return last
  const taken = paths[index] as string
  paths[index] = last
  return taken
}

function gateOf({ did }: Account, post: Write | undefined, { createdAt }: Scene): Write {
  const rkey = post?.path.split('/')[1] ?? ''
  const { collection, record } = composeThreadgate(`at://${did}/app.bsky.feed.post/${rkey}`, createdAt)
  return { action: 'create', path: `${collection}/${rkey}`, record }
}
