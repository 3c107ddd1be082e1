/** What names one event wherever it is met: in the journal, in an entry, in the sink, in a dead letter. */
export interface EventName {
  readonly seq: number
  readonly did: string
  readonly rev?: string | null | undefined
  readonly collection?: string | null | undefined
  readonly rkey?: string | null | undefined
  readonly action: string
}

/**
 * Two events are the same exactly when their keys are. A repo has one change of a record per revision, so
 * the key of a record event does not need the sequence, which another relay would number differently.
 */
export function keyOf({ seq, did, rev, collection, rkey, action }: EventName): string {
  return collection == null ? `${did} ${action} ${seq}` : `${did} ${action} ${rev} ${collection}/${rkey}`
}

/** For people: `seq 17 create at://did:plc:x/app.bsky.feed.post/3k rev 3l`. */
export function describeEvent({ seq, did, rev, collection, rkey, action }: EventName): string {
  if (collection == null) return `seq ${seq} ${action} ${did}`
  return `seq ${seq} ${action} at://${did}/${collection}/${rkey} rev ${rev}`
}
