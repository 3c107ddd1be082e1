import { hash } from 'node:crypto'
import type { AccountStatus } from './account-frames.ts'
import { base32 } from './base32.ts'
import { type Repo, repoOf } from './repo.ts'
import { type SigningKey, signingKeyOf } from './signing-key.ts'

/** Someone who writes: an identity, a key and a repo. */
export interface Account {
  readonly did: string
  readonly key: SigningKey
  readonly repo: Repo
  handle: string
  /** `null` while active. */
  status: AccountStatus | null
  /** Paths of the records written since the network began, which is what it may delete. */
  readonly written: string[]
}

export interface AccountOptions {
  /** Names the account within its network; the same name is the same DID and key for ever. */
  readonly name: string
  readonly handle: string
  readonly k256: boolean
}

/** An account with an empty repo. Its DID has the shape of `did:plc`, and no directory knows it. */
export function accountOf({ name, handle, k256 }: AccountOptions): Account {
  const did = `did:plc:${base32(hash('sha256', `account ${name}`, 'buffer').subarray(0, 15))}`
  const key = signingKeyOf(name, k256 ? 'k256' : 'p256')
  return { did, key, repo: repoOf(did, key), handle, status: null, written: [] }
}
