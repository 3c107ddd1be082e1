import type { IncomingMessage } from 'node:http'
import type { GetOptions, Getter } from '#pipeline/backfill/fetch/getter.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import type { HostGates } from './host-gates.ts'
import type { Turnstile } from './turnstile.ts'

/** Asks a host when it is its turn, and keeps the turn until what came of the answer is done. */
export type Ask = <T>(
  url: URL,
  options: GetOptions,
  use: (answer: IncomingMessage) => Promise<T>,
) => Promise<T>

export interface AskOptions {
  readonly getter: Getter
  readonly gates: HostGates
  /** Room for all hosts together, entered behind the gate of the host: waiting for one host costs no other. */
  readonly room?: Turnstile
  /** Nobody's turn comes any more once it aborts; who has his turn keeps it. */
  readonly closing: AbortSignal
}

/** A host that says that it is asked too often is left alone for as long as it says, by everyone. */
export function politely({ getter, gates, room, closing }: AskOptions): Ask {
  return async (url, options, use) => {
    const patience = AbortSignal.any([closing, options.signal])
    const gate = gates.at(url.host)
    using _turn = await gate.enter(patience)
    using _place = await room?.enter(patience)
    try {
      return await use(await getter.get(url, options))
    } catch (error) {
      if (error instanceof RepoError && error.reason === 'throttled') gate.coolDown(error.retryAfterMs ?? 0)
      throw error
    }
  }
}
