import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { shown } from '#pipeline/backfill/shown.ts'
import type { Identity } from './identity.ts'
import { readSigningKey } from './read-signing-key.ts'

/**
 * Reads the parts of a DID document that the protocol defines, https://atproto.com/specs/did. Throws `RepoError`
 * when it is about somebody else or names no host; a key that is absent or unreadable is `null`.
 */
export function readDidDocument(did: string, document: unknown): Identity {
  if (typeof document !== 'object' || document === null) throw malformed(did, 'is no object')
  const { id, service, verificationMethod } = document as Readonly<Record<string, unknown>>
  if (id !== did) throw malformed(did, `is about ${shown(id)}`)
  const method = findPart(did, verificationMethod, '#atproto')
  return { did, pds: readPds(did, service), didKey: method && readSigningKey(method) }
}

function readPds(did: string, services: unknown): string {
  const service = findPart(did, services, '#atproto_pds')
  const endpoint = service?.['serviceEndpoint']
  if (service?.['type'] !== 'AtprotoPersonalDataServer' || typeof endpoint !== 'string') {
    throw malformed(did, 'names no personal data server')
  }
  const origin = originOf(endpoint)
  if (origin === null) throw malformed(did, `names ${shown(endpoint)} as its personal data server`)
  return origin
}

/** A host and nothing behind it; `null` for anything else. */
function originOf(text: string): string | null {
  if (!URL.canParse(text)) return null
  const { protocol, origin, pathname, search, hash } = new URL(text)
  return /^https?:$/.test(protocol) && pathname + search + hash === '/' ? origin : null
}

/** The first part with this id, written in full or as a fragment. */
function findPart(did: string, parts: unknown, id: string): Readonly<Record<string, unknown>> | null {
  if (!Array.isArray(parts)) return null
  const found = (parts as unknown[]).find((part) => {
    const { id: its } = (part ?? {}) as { id?: unknown }
    return its === id || its === did + id
  })
  return (found as Readonly<Record<string, unknown>> | undefined) ?? null
}

function malformed(did: string, what: string): RepoError {
  return new RepoError('malformed-did-document', `the document of ${did} ${what}`)
}
