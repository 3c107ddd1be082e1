import type { Redis } from 'ioredis'
import { backoffMs } from '#kernel/time/backoff.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { BACKFILL_TUNING } from '#pipeline/backfill/backfiller-options.ts'
import { createGetter } from '#pipeline/backfill/fetch/getter.ts'
import { ANY_HOST, NAMED_HOST, PUBLIC_HOSTS } from '#pipeline/backfill/fetch/host-policy.ts'
import { identityCache } from '#pipeline/backfill/identity/identity-cache.ts'
import { createResolver } from '#pipeline/backfill/identity/resolve-identity.ts'
import { politely } from '#pipeline/backfill/polite/ask.ts'
import { createHostGates } from '#pipeline/backfill/polite/host-gates.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { createSparseLog } from '#pipeline/ingest/sparse-log.ts'
import type { FindKey } from './key-ring.ts'

export interface KeyFinder {
  /** Rejects when nobody can say. */
  readonly find: FindKey
  close(): void
}

const RETRY = { base: seconds(0.25), cap: seconds(10) }
const GATE = { width: 20, spacing: 0 }
/** A stranger's host may not hold up everybody for longer; the directory is waited for until it is back. */
const ATTEMPTS_AT_STRANGERS = 3

/** Asks Redis, then the directory or the host of the DID, as the backfiller does. */
export function openKeyFinder(redis: Redis, { plcUrl, allowPrivateHosts, log }: IngesterOptions): KeyFinder {
  const closing = new AbortController()
  const tell = createSparseLog(log, seconds(5))
  const directory = plcUrl ?? 'https://plc.directory'
  const { patience, headersWithin } = BACKFILL_TUNING
  const named = createGetter({ policy: NAMED_HOST, headersWithin })
  const strangers = createGetter({ policy: allowPrivateHosts ? ANY_HOST : PUBLIC_HOSTS, headersWithin })
  const polite = { gates: createHostGates(GATE), closing: closing.signal }
  const resolve = createResolver({
    plcUrl: directory,
    cache: identityCache(redis, (error) => {
      tell('warn', 'cache', { error: error.message }, 'cannot remember keys')
    }),
    askDirectory: politely({ ...polite, getter: named }),
    askHost: politely({ ...polite, getter: strangers }),
    patience,
    onResolved: () => {},
  })

  const find = async (did: string, fresh: boolean): Promise<string | null> => {
    const most = did.startsWith('did:plc:') ? Infinity : ATTEMPTS_AT_STRANGERS
    for (let failures = 1; ; failures++) {
      try {
        return (await resolve(did, fresh, closing.signal)).identity.didKey
      } catch (error) {
        closing.signal.throwIfAborted()
        const mayPass = error instanceof RepoError && error.isTransient
        const fields = { did, error: (error as Error).message }
        if (!mayPass || failures >= most) {
          tell('warn', 'unknown', fields, 'the key of an account cannot be found; its commits are rejected')
          throw error
        }
        tell('warn', 'waiting', fields, 'the key of an account is waited for, and everything behind it')
        await systemClock.sleep(backoffMs(failures, RETRY, Math.random()), closing.signal)
      }
    }
  }

  return {
    find,
    close() {
      closing.abort()
      named[Symbol.dispose]()
      strangers[Symbol.dispose]()
    },
  }
}
