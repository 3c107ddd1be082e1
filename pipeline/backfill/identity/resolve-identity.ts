import type { Patience } from '#pipeline/backfill/fetch/read-body.ts'
import { readJson } from '#pipeline/backfill/fetch/read-json.ts'
import { readRefusal } from '#pipeline/backfill/fetch/refusal.ts'
import { requireType } from '#pipeline/backfill/fetch/require-type.ts'
import type { Ask } from '#pipeline/backfill/polite/ask.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { didDocumentUrl } from './did-document-url.ts'
import type { Identity } from './identity.ts'
import type { IdentityCache } from './identity-cache.ts'
import { readDidDocument } from './read-did-document.ts'

export interface ResolverOptions {
  /** `https://plc.directory`, or a mirror of it. */
  readonly plcUrl: string
  readonly cache: IdentityCache
  /** For the directory, which the operator named. */
  readonly askDirectory: Ask
  /** For hosts that DIDs name. */
  readonly askHost: Ask
  readonly patience: Patience
  readonly onResolved: (source: 'cache' | 'document') => void
}

export interface Resolved {
  readonly identity: Identity
  /** Whether it may be a day old; a failure that hangs on it is not final. */
  readonly isCached: boolean
}

/** Finds out where the repo of a DID is; `fresh` asks again even if somebody knows. Throws `RepoError`. */
export type ResolveIdentity = (did: string, fresh: boolean, signal: AbortSignal) => Promise<Resolved>

const DOCUMENT_BYTES = 131_072
const DOCUMENT_TYPES = ['application/json', 'application/did+json', 'application/did+ld+json']

export function createResolver(options: ResolverOptions): ResolveIdentity {
  const { plcUrl, cache, askDirectory, askHost, patience, onResolved } = options

  const ask = async (did: string, signal: AbortSignal): Promise<Identity> => {
    const { url, from } = didDocumentUrl(did, plcUrl)
    const askThere = from === 'directory' ? askDirectory : askHost
    return askThere(url, { accept: DOCUMENT_TYPES.join(', '), signal }, async (answer) => {
      if (answer.statusCode !== 200) {
        const { status } = await readRefusal(answer, patience)
        const reason = status === 404 || status === 410 ? 'did-not-found' : 'refused-by-host'
        throw new RepoError(reason, `${url.host} answered with status ${status} for ${did}`)
      }
      requireType(answer, DOCUMENT_TYPES)
      return readDidDocument(did, await readJson(answer, DOCUMENT_BYTES, patience))
    })
  }

  return async (did, fresh, signal) => {
    const known = fresh ? null : await cache.read(did)
    if (known) {
      onResolved('cache')
      return { identity: known, isCached: true }
    }
    const identity = await ask(did, signal)
    onResolved('document')
    await cache.write(identity)
    return { identity, isCached: false }
  }
}
