import { RepoError } from '#pipeline/backfill/repo-error.ts'

/** Where the document of a DID is, and whether the URL comes from the DID itself or from the operator. */
export interface DocumentPlace {
  readonly url: URL
  readonly from: 'directory' | 'did'
}

const PLC = /^did:plc:[a-z2-7]{24}$/
const WEB = /^did:web:((?:[a-z0-9][a-z0-9-]*\.)*[a-z0-9][a-z0-9-]*)(?:%3a(\d{1,5}))?$/i

/**
 * Where to ask for a document. Throws `RepoError` on a DID that is of neither method of the protocol, or not well
 * formed: nothing of it becomes part of a URL before it has been looked at.
 */
export function didDocumentUrl(did: string, plcUrl: string): DocumentPlace {
  if (PLC.test(did)) return { url: new URL(`/${did}`, plcUrl), from: 'directory' }
  const [, host, port] = WEB.exec(did) ?? []
  // A port is for development on one machine, https://atproto.com/specs/did#at-protocol-did-identifier-syntax.
  const isLocal = host === 'localhost'
  const origin = isLocal && port ? `http://${host}:${port}` : `https://${host}`
  if (host === undefined || (port !== undefined && !isLocal) || !URL.canParse(origin)) {
    throw new RepoError('unsupported-did', `"${did.slice(0, 80)}" is neither did:plc nor did:web of a host`)
  }
  return { url: new URL('/.well-known/did.json', origin), from: 'did' }
}
