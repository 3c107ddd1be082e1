import { verify } from 'node:crypto'
import { cidKeyOf } from '#pipeline/backfill/car/cid-key.ts'
import { readCommit, type SignedCommit } from '#pipeline/backfill/car/read-commit.ts'
import type { PublicKey } from '#pipeline/backfill/identity/public-key.ts'
import type { RejectReason } from '#pipeline/ingest/frames/reject-reason.ts'
import { type BlockSource, blockSource } from './block-source.ts'
import type { CommitClaim } from './commit-claim.ts'
import { treeHolds, treeInverts } from './judge-tree.ts'
import type { KeyRing } from './key-ring.ts'

/** Why a commit is not what the relay says; `null` when it is. Never rejects. */
export type JudgeCommit = (claim: CommitClaim) => Promise<RejectReason | null>

/** Signatures are verified beside the main thread, several at a time. */
export function createJudgeCommit(level: 'signature' | 'full', keys: KeyRing): JudgeCommit {
  const treeIsTrue = level === 'full' ? treeInverts : treeHolds
  return async (claim) => {
    const blocks = blockSource(claim.slice)
    const signed = readSigned(blocks, claim)
    if (typeof signed === 'string') return signed
    if (signed.did !== claim.did || signed.rev !== claim.rev) return 'wrong-commit'
    const judging = judgeSignature(keys, signed)
    return treeIsTrue(blocks, signed.data, claim) ? await judging : 'broken-tree'
  }
}

function readSigned(blocks: BlockSource, { commit }: CommitClaim): SignedCommit | RejectReason {
  const block = blocks.get(cidKeyOf(commit))
  if (block === null) return 'missing-block'
  try {
    return readCommit(block)
  } catch {
    return 'malformed-commit'
  }
}

/** Another key is asked for once: the account may have changed it. */
async function judgeSignature(keys: KeyRing, signed: SignedCommit): Promise<RejectReason | null> {
  const known = keys.get(signed.did)
  const key = known instanceof Promise ? await known : known
  if (key === null) return 'unknown-key'
  if (await isSignedWith(key, signed)) return null
  const renewed = await keys.renew(signed.did)
  if (renewed === null) return 'unknown-key'
  return (await isSignedWith(renewed, signed)) ? null : 'invalid-signature'
}

function isSignedWith({ key, mostS }: PublicKey, { unsigned, signature }: SignedCommit): Promise<boolean> {
  // OpenSSL takes both forms of a signature, https://atproto.com/specs/cryptography#ecdsa-signature-malleability.
  if (signature.length !== 64 || Buffer.compare(signature.subarray(32), mostS) > 0)
    return Promise.resolve(false)
  const { promise, resolve } = Promise.withResolvers<boolean>()
  verify('sha256', unsigned, { key, dsaEncoding: 'ieee-p1363' }, signature, (error, isTrue) =>
    resolve(error === null && isTrue),
  )
  return promise
}
