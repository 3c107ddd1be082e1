/**
 * Why a frame, or an op in it, could not become an event. From `malformed-commit` on only where commits are
 * verified. `wrong-commit`: what is signed is not what the relay says of it. `unknown-key`: nobody says whose
 * signature it must be. `broken-tree`: the tree that is signed does not hold what the ops say.
 */
export const REJECT_REASONS = [
  'frame-too-big',
  'undecodable-frame',
  'malformed-body',
  'malformed-op',
  'undecodable-blocks',
  'missing-block',
  'cid-mismatch',
  'record-too-big',
  'undecodable-record',
  'malformed-commit',
  'wrong-commit',
  'unknown-key',
  'invalid-signature',
  'broken-tree',
  'old-revision',
] as const

export type RejectReason = (typeof REJECT_REASONS)[number]
