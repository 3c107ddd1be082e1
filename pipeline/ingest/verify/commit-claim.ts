import type { CidLinkWrapper } from '@atcute/cbor'
import type { Op } from '#pipeline/ingest/frames/read-op.ts'

/** What a relay says of a commit, with everything needed to find out whether it is so. */
export interface CommitClaim {
  readonly did: string
  readonly rev: string
  readonly commit: CidLinkWrapper
  /** Root of the tree before this commit; `null` where the relay does not say it. */
  readonly prevData: CidLinkWrapper | null
  /** All of them, also those that nobody asked for. */
  readonly ops: readonly Op[]
  /** The part of the repo that the relay sends along, as a CAR. */
  readonly slice: Uint8Array
}
