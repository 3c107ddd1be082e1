import type { Redis } from 'ioredis'
import { systemClock } from '#kernel/time/clock.ts'
import { minutes } from '#kernel/time/duration.ts'
import { didKeyKey } from '#pipeline/contract.ts'
import type { Frame } from '#pipeline/ingest/frames/frame.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { createJudgeCommit } from './judge-commit.ts'
import { createKeyRing } from './key-ring.ts'
import { openKeyFinder } from './open-key-finder.ts'
import type { VerifyLevel } from './verify-level.ts'
import { createVetting, type Vetting } from './vetting.ts'

/** A vetting with all that it asks. */
export interface OpenVetting extends Vetting {
  close(): void
}

export interface VettingReaction {
  readonly onVetted: (frame: Frame, message: Buffer) => void
  readonly onHeld: (bytes: number) => void
}

const KEYS_IN_MEMORY = 50_000

/** Up to `cid` nothing is held: what can be judged was judged as the frame was read. */
export function openVetting(
  redis: Redis,
  level: VerifyLevel,
  options: IngesterOptions,
  reaction: VettingReaction,
): OpenVetting {
  if (level === 'none' || level === 'cid') return { take: reaction.onVetted, clear() {}, close() {} }
  const finder = openKeyFinder(redis, options)
  const keys = createKeyRing({
    findKey: finder.find,
    room: KEYS_IN_MEMORY,
    renewAfter: minutes(1),
    now: () => systemClock.now(),
  })
  const vetting = createVetting({
    ...reaction,
    judge: createJudgeCommit(level, keys),
    ordersRevisions: level === 'full',
    onIdentity(did) {
      keys.forget(did)
      // Sent before any question about it. When Redis is away it does not answer those either.
      redis.del(didKeyKey(did)).catch(() => {})
    },
  })
  return {
    ...vetting,
    close() {
      vetting.clear()
      finder.close()
    },
  }
}
