import type { AccountStatus } from '../account-frames.ts'

/** A repo that a host can serve whole, and a directory can tell of. */
export interface ServedRepo {
  readonly did: string
  readonly handle: string
  /** `did:key:…` of the key that its commits are signed with. */
  readonly didKey: string
  /** `null` while active. */
  readonly status: AccountStatus | null
  /** Revision of the newest commit. */
  readonly rev: string
  /** CID of the newest commit, as text. */
  readonly head: string
  /** Every record that is there now, by path. */
  readonly records: ReadonlyMap<string, HostedRecord>
  /** The whole repo as a CAR file. The order of its blocks is free: `tree-first` is usual, the other is allowed. */
  car(order?: 'tree-first' | 'records-first'): Buffer
}

export interface HostedRecord {
  /** As text. */
  readonly cid: string
  /** As lexicon JSON. */
  readonly record: unknown
}
