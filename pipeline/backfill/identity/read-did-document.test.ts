import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hostedPopulation } from '#loadtest/network/hosts/hosted-population.ts'
import type { HostedRepo } from '#loadtest/network/hosts/hosted-repo.ts'
import { didDocument } from '#loadtest/network/hosts/plc-host.ts'
import type { RepoError } from '#pipeline/backfill/repo-error.ts'
import { didDocumentUrl } from './did-document-url.ts'
import { readDidDocument } from './read-did-document.ts'

const [alice] = hostedPopulation({ seed: 1, repos: 1, records: 1 }) as [HostedRepo]
const DOCUMENT = didDocument(alice, 'https://pds.example')
const PDS = { id: '#atproto_pds', type: 'AtprotoPersonalDataServer', serviceEndpoint: 'https://pds.example' }
const reasonOf = (call: () => unknown) => {
  try {
    call()
    return null
  } catch (error) {
    return (error as RepoError).reason
  }
}

describe('a document', () => {
  test('names host and key', () => {
    expect(readDidDocument(alice.did, DOCUMENT)).toEqual({
      did: alice.did,
      pds: 'https://pds.example',
      didKey: alice.didKey,
    })
  })

  test('may name them in full, or with a slash behind', () => {
    const service = [{ ...PDS, id: `${alice.did}#atproto_pds`, serviceEndpoint: 'https://pds.example:8443/' }]
    expect(readDidDocument(alice.did, { ...DOCUMENT, service }).pds).toBe('https://pds.example:8443')
  })

  test.each([
    [[{ id: '#atproto', type: 'Multikey', publicKeyMultibase: 'zNonsense' }]],
    [[{ id: '#atproto', type: 'Ed25519VerificationKey2020', publicKeyMultibase: 'z6Mk' }]],
    [[{ id: '#other', type: 'Multikey', publicKeyMultibase: alice.didKey.slice(8) }]],
    [undefined],
    ['key'],
  ])('with %j has a host and no key', (verificationMethod) => {
    expect(readDidDocument(alice.did, { ...DOCUMENT, verificationMethod }).didKey).toBeNull()
  })

  test.each([
    [{ service: [] }],
    [{ service: [{ ...PDS, type: 'Other' }] }],
    [{ service: [{ ...PDS, serviceEndpoint: { url: 'https://pds.example' } }] }],
    [{ service: [{ ...PDS, serviceEndpoint: 'ftp://pds.example' }] }],
    [{ service: [{ ...PDS, serviceEndpoint: 'https://pds.example/path' }] }],
    [{ service: [{ ...PDS, serviceEndpoint: 'https://pds.example?x=1' }] }],
    [{ service: [{ ...PDS, serviceEndpoint: 'pds.example' }] }],
    [{ id: 'did:plc:somebodyelsesomebodyelse' }],
  ])('with %j is malformed', (change) => {
    expect(reasonOf(() => readDidDocument(alice.did, { ...DOCUMENT, ...change }))).toBe(
      'malformed-did-document',
    )
  })

  test('of any shape is read, or is malformed', () => {
    const anything = fc.oneof(
      fc.anything(),
      fc.record({ id: fc.constant(alice.did), service: fc.anything(), verificationMethod: fc.anything() }),
      fc
        .record({ type: fc.string(), publicKeyMultibase: fc.string(), serviceEndpoint: fc.anything() })
        .map((part) => ({
          ...DOCUMENT,
          verificationMethod: [{ id: '#atproto', ...part }],
          service: [{ id: '#atproto_pds', ...part }],
        })),
    )
    fc.assert(
      fc.property(anything, (document) => {
        const reason = reasonOf(() => readDidDocument(alice.did, document))
        expect([null, 'malformed-did-document']).toContain(reason)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a DID', () => {
  test.each([
    [
      'did:plc:abcdefghijklmnopqrstuvwx',
      'https://plc.directory/did:plc:abcdefghijklmnopqrstuvwx',
      'directory',
    ],
    ['did:web:example.com', 'https://example.com/.well-known/did.json', 'did'],
    ['did:web:localhost%3A2583', 'http://localhost:2583/.well-known/did.json', 'did'],
  ])('%s is looked up at %s', (did, url, from) => {
    const place = didDocumentUrl(did, 'https://plc.directory')
    expect([place.url.href, place.from]).toEqual([url, from])
  })

  test.each([
    'did:plc:short',
    'did:plc:../../../../../../admin',
    'did:plc:ABCDEFGHIJKLMNOPQRSTUVWX',
    'did:web:example.com:path',
    'did:web:example.com%3A8443',
    'did:web:example.com/path',
    'did:web:user@example.com',
    'did:web:',
    'did:web:..',
    'did:key:z6Mk',
    'not a did',
  ])('%s is not supported', (did) => {
    expect(reasonOf(() => didDocumentUrl(did, 'https://plc.directory'))).toBe('unsupported-did')
  })

  test('of any text leads to the directory, to a host of its own, or nowhere', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => `did:web:${text}`),
        (did) => {
          try {
            const { url } = didDocumentUrl(did, 'https://plc.directory')
            expect(url.pathname).toBe('/.well-known/did.json')
            expect(url.username + url.password + url.search + url.hash).toBe('')
          } catch (error) {
            expect((error as RepoError).reason).toBe('unsupported-did')
          }
        },
      ),
    )
  })
})
