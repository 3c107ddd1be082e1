import { answerJson, type HttpHost, startHttpHost } from './http-host.ts'
import type { ServedRepo } from './served-repo.ts'

/** A directory of `did:plc` on loopback. */
export interface PlcHost extends HttpHost {
  /** Says where the repo of an account is; again to move it. A new handle is told of by itself. */
  register(repo: ServedRepo, pds: string): void
  /** Answers for this DID with this document, whatever was registered. */
  forge(did: string, document: unknown): void
}

export async function startPlcHost(): Promise<PlcHost> {
  const documents = new Map<string, () => unknown>()
  const host = await startHttpHost((url, response) => {
    const document = documents.get(decodeURIComponent(url.pathname.slice(1)))?.()
    if (document === undefined) answerJson(response, 404, { message: 'DID not registered' })
    else response.writeHead(200, { 'content-type': 'application/did+ld+json' }).end(JSON.stringify(document))
  })
  // The counts of the host are getters, which a spread would freeze.
  return Object.assign(host, {
    register: (repo: ServedRepo, pds: string) => void documents.set(repo.did, () => didDocument(repo, pds)),
    forge: (did: string, document: unknown) => void documents.set(did, () => document),
  })
}

/** The document of an account, as the directory serves it. */
export function didDocument(
  { did, handle, didKey }: Pick<ServedRepo, 'did' | 'handle' | 'didKey'>,
  pds: string,
): Record<string, unknown> {
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'],
    id: did,
    alsoKnownAs: [`at://${handle}`],
    verificationMethod: [
      {
        id: `${did}#atproto`,
        type: 'Multikey',
        controller: did,
        publicKeyMultibase: didKey.slice('did:key:'.length),
      },
    ],
    service: [{ id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: pds }],
  }
}
