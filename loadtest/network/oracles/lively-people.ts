import { DEFAULT_MIX } from '../event-mix.ts'

/** Everything that is rare happens often. */
const LIVELY = {
  ...DEFAULT_MIX,
  messages: { identity: 0.03, account: 0.04, sync: 0.02 },
  deletes: 0.25,
  severalOps: { share: 0.15, most: 6 },
}
/** Nobody goes away: tap asks for the repo of somebody who is away in vain, and again only after a minute. */
export const STEADFAST = { ...LIVELY, messages: { ...LIVELY.messages, account: 0 } }
/** A network for an oracle. Handles are left out, since nobody may ask DNS for them. */
export const LIVELY_PEOPLE = { accounts: 40, mix: LIVELY, handles: false }
