import { type PublicKey, publicKeyOf } from '#pipeline/backfill/identity/public-key.ts'

/** Finds the `did:key:…` that an account signs with, `null` when it has none; `fresh` asks again though known. */
export type FindKey = (did: string, fresh: boolean) => Promise<string | null>

/** Keys of accounts, parsed once. */
export interface KeyRing {
  /** `null` when nobody knows it. Never rejects. */
  get(did: string): PublicKey | null | Promise<PublicKey | null>
  /** Asks where it comes from; the known one again when that was done a moment ago. Never rejects. */
  renew(did: string): Promise<PublicKey | null>
  forget(did: string): void
}

interface Known {
  readonly key: PublicKey
  /** When its source itself was last asked, in milliseconds; `null` when somebody remembered it. */
  readonly renewedAt: number | null
}

export interface KeyRingOptions {
  readonly findKey: FindKey
  /** Keys that are kept in memory; the one unused the longest goes first. */
  readonly room: number
  /** Milliseconds for which a key is not asked for again, whatever signatures a stranger makes up. */
  readonly renewAfter: number
  readonly now: () => number
}

export function createKeyRing({ findKey, room, renewAfter, now }: KeyRingOptions): KeyRing {
  const known = new Map<string, Known>()

  const find = async (did: string, fresh: boolean): Promise<PublicKey | null> => {
    const key = await findKey(did, fresh).then(parse, () => null)
    known.delete(did)
    // One that nobody knew is asked for again: its document may be a moment late.
    if (key !== null) known.set(did, { key, renewedAt: fresh ? now() : null })
    for (const oldest of known.keys()) {
      if (known.size <= room) break
      known.delete(oldest)
    }
    return key
  }

  return {
    get(did) {
      const found = known.get(did)
      if (!found) return find(did, false)
      known.delete(did)
      known.set(did, found)
      return found.key
    },
    async renew(did) {
      const { key, renewedAt = null } = known.get(did) ?? {}
      return key && renewedAt !== null && now() - renewedAt < renewAfter ? key : await find(did, true)
    },
    forget: (did) => void known.delete(did),
  }
}

function parse(didKey: string | null): PublicKey | null {
  return didKey === null ? null : publicKeyOf(didKey)
}
