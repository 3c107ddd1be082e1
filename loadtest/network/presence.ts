import type { Account } from './account.ts'
import { type AccountStatus, accountFrame, identityFrame } from './account-frames.ts'
import type { EventMix } from './event-mix.ts'
import type { RelayFrame } from './frame-source.ts'
import type { Random } from './random.ts'

/** A frame that knows all but its place in the stream. */
export type Unsent = (seq: number, time: string) => RelayFrame

/** Who is there, who is away, and how the stream tells of it. */
export interface Presence {
  /** Tells who the account is, now and then under a new handle. */
  identify(account: Account): Unsent
  /** An active account goes away, or one that is away comes back. */
  change(account: Account): Unsent
  /** Brings an account back that is away. */
  comeBack(account: Account): Unsent
  /** Someone leaves for good and someone new arrives. */
  succeed(leaving: Account, newcomer: Account): Unsent[]
}

export function presenceOf(mix: EventMix, random: Random): Presence {
  const away = new Set<Account>()

  function identity({ did, handle }: Account): Unsent {
    const told = random.chance(mix.identities.withHandle) ? handle : null
    return (seq, time) => identityFrame(did, seq, time, told)
  }

  function become(account: Account, status: AccountStatus | null): Unsent {
    account.status = status
    if (status) away.add(account)
    else away.delete(account)
    return (seq, time) => accountFrame(account.did, seq, time, status)
  }

  return {
    identify(account) {
      if (random.chance(mix.identities.newHandle)) account.handle = `again-${account.handle}`.slice(-200)
      return identity(account)
    },
    change(account) {
      if (account.status) return become(account, null)
      const [longestAway] = away
      if (longestAway && random.chance(0.5)) return become(longestAway, null)
      return become(account, random.chance(mix.accounts.takedowns) ? 'takendown' : 'deactivated')
    },
    comeBack: (account) => become(account, null),
    succeed(leaving, newcomer) {
      const left = become(leaving, 'deactivated')
      away.delete(leaving)
      return [left, identity(newcomer), become(newcomer, null)]
    },
  }
}
