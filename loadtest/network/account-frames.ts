import { messageFrame } from './frame.ts'
import type { RelayFrame } from './frame-source.ts'

/** Why an account is not active, in the lexicon's words. */
export type AccountStatus = 'deactivated' | 'takendown'

/** An #identity message; `handle` is `null` where the relay does not say it. */
export function identityFrame(did: string, seq: number, time: string, handle: string | null): RelayFrame {
  return {
    seq,
    bytes: messageFrame('#identity', { seq, did, time, ...(handle === null ? {} : { handle }) }),
    events: [{ seq, did, action: 'identity', time }],
  }
}

/** An #account message; `status` is `null` for an active account. */
export function accountFrame(
  did: string,
  seq: number,
  time: string,
  status: AccountStatus | null,
): RelayFrame {
  return {
    seq,
    bytes: messageFrame('#account', {
      seq,
      did,
      time,
      active: status === null,
      ...(status === null ? {} : { status }),
    }),
    events: [{ seq, did, action: 'account', time }],
  }
}
