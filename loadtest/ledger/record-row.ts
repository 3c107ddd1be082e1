/** A record as the sink holds it. */
export interface RecordRow {
  readonly did: string
  readonly collection: string
  readonly rkey: string
  readonly rev: string
  /** `null` for a tombstone: deleted, and remembered so that an older change cannot bring it back. */
  readonly cid: string | null
}
