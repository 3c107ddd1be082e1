import { type Account, accountOf } from './account.ts'
import type { EventMix } from './event-mix.ts'
import type { Random } from './random.ts'
import type { TextPool } from './text-pool.ts'
import { zipf } from './zipf.ts'

/** Everyone who may write. Accounts come to life when they are first drawn. */
export interface Population {
  /** Draws an author: hot ones often, most hardly ever. */
  draw(): Account
  /** Ends an account; someone new takes its place, and its heat. Returns the newcomer. */
  replace(leaving: Account): Account
}

export interface PopulationOptions {
  /** Names the network: the same one has the same accounts. */
  readonly name: string
  readonly accounts: number
  readonly mix: EventMix
  readonly random: Random
  readonly texts: TextPool
  /** Called once with every account as it comes to life, before it is drawn: gives it a past. */
  readonly settle: (account: Account) => void
}

export function populationOf({ name, accounts, mix, random, texts, settle }: PopulationOptions): Population {
  const seats = new Map<number, Account>()
  const seatOf = new Map<Account, number>()
  const drawSeat = zipf(accounts, mix.accounts.zipf)
  let born = 0

  function bear(seat: number): Account {
    born += 1
    const account = accountOf({
      name: `${name}/${born}`,
      handle: `${random.pick(texts.handles)}-${born}.pds.test`,
      k256: random.chance(mix.accounts.k256),
    })
    settle(account)
    seats.set(seat, account)
    seatOf.set(account, seat)
    return account
  }

  return {
    draw() {
      const seat = drawSeat(random)
      return seats.get(seat) ?? bear(seat)
    },
    replace(leaving) {
      const seat = seatOf.get(leaving) ?? 0
      seatOf.delete(leaving)
      return bear(seat)
    },
  }
}
