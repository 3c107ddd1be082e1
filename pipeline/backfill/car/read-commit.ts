import { BytesWrapper, CidLinkWrapper, decode, encode } from '@atcute/cbor'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { shown } from '#pipeline/backfill/shown.ts'
import { type CidKey, cidKeyOf } from './cid-key.ts'

/** The signed head of a repo, https://atproto.com/specs/repository. */
export interface SignedCommit {
  readonly did: string
  /** A TID; the lowest one for a commit of version 2 that has none, so that every other revision is beyond it. */
  readonly rev: string
  /** Root of the tree of records. */
  readonly data: CidKey
  /** What the signature is over. */
  readonly unsigned: Uint8Array
  readonly signature: Uint8Array
}

const LOWEST_REV = '2222222222222'
const TID = /^[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}$/

/** Reads the block of a commit. Throws `RepoError` when it is none. */
export function readCommit(block: Uint8Array): SignedCommit {
  const { sig, ...unsigned } = decodeFields(block)
  const { did, data, version } = unsigned
  const rev = unsigned['rev'] ?? (version === 2 ? LOWEST_REV : undefined)
  if (version !== 3 && version !== 2) {
    throw new RepoError('malformed-commit', `the commit has ${shown(version)} as its version, expected 3`)
  }
  if (typeof did !== 'string') throw new RepoError('malformed-commit', 'the commit names no DID')
  if (typeof rev !== 'string' || !TID.test(rev)) {
    throw new RepoError('malformed-commit', `the commit has ${shown(rev)} as its revision`)
  }
  if (!(data instanceof CidLinkWrapper)) throw new RepoError('malformed-commit', 'the commit names no tree')
  if (!(sig instanceof BytesWrapper)) throw new RepoError('malformed-commit', 'the commit is not signed')
  return { did, rev, data: cidKeyOf(data), unsigned: encode(unsigned), signature: sig.buf }
}

function decodeFields(block: Uint8Array): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = decode(block)
  } catch (error) {
    throw new RepoError('malformed-commit', 'the commit is no DAG-CBOR', { cause: error })
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Readonly<Record<string, unknown>>
  }
  throw new RepoError('malformed-commit', 'the commit is no map')
}
