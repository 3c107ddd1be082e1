import type { StreamEvidence } from './evidence/stream-evidence.ts'

/** A named stream whose key is there. */
export type ExistingStream = StreamEvidence & { readonly state: NonNullable<StreamEvidence['state']> }

export function isExisting(evidence: StreamEvidence): evidence is ExistingStream {
  return evidence.state !== null
}
