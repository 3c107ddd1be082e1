/** Why a frame, or an op in it, could not become an event. */
export const REJECT_REASONS = [
  'undecodable-frame',
  'malformed-body',
  'malformed-op',
  'undecodable-blocks',
  'missing-block',
  'cid-mismatch',
  'undecodable-record',
] as const

export type RejectReason = (typeof REJECT_REASONS)[number]
