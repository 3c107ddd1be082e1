import type { Redis } from 'ioredis'
import { didKeyKey, didPdsKey } from '#pipeline/contract.ts'
import type { Identity } from './identity.ts'

/** Seconds for which a document is taken to be true: what the systems before us use for the same keys. */
const TTL_SECONDS = 86_400

/** Remembers what DID documents said, in Redis, for every process that asks. Best effort: it never throws. */
export interface IdentityCache {
  /** `null` when nothing is known. */
  read(did: string): Promise<Identity | null>
  write(identity: Identity): Promise<void>
}

/** `onError` hears of a Redis that does not answer, or is too full to remember. */
export function identityCache(redis: Redis, onError: (error: Error) => void): IdentityCache {
  return {
    async read(did) {
      try {
        const [pds, didKey] = await redis.mget(didPdsKey(did), didKeyKey(did))
        return pds && didKey && URL.canParse(pds) ? { did, pds: new URL(pds).origin, didKey } : null
      } catch (error) {
        onError(error as Error)
        return null
      }
    },
    async write({ did, pds, didKey }) {
      if (didKey === null) return
      try {
        await Promise.all([
          redis.set(didPdsKey(did), pds, 'EX', TTL_SECONDS),
          redis.set(didKeyKey(did), didKey, 'EX', TTL_SECONDS),
        ])
      } catch (error) {
        onError(error as Error)
      }
    },
  }
}
