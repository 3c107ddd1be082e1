/**
 * One AT Protocol happening as it lies in a stream entry, in the `divy` dialect. Records are written as
 * lexicon JSON: links as `{"$link": cid}`, bytes as `{"$bytes": base64}`. `time` is the event's own time as
 * the relay gave it, ISO 8601; `seq` is the relay's sequence, or -1 for backfilled events.
 */
export type StreamEvent = RecordEvent | DeleteEvent | RepoEvent | AccountEvent | IdentityEvent

interface CommitPart {
  readonly seq: number
  readonly time: string
  readonly did: string
  /** CID of the commit; empty where the producer does not say it. */
  readonly commit: string
  /** Revision of the repo after the commit, a TID; orders all changes of one repo. */
  readonly rev: string
  readonly collection: string
  readonly rkey: string
}

export interface RecordEvent extends CommitPart {
  readonly type: 'create' | 'update'
  readonly cid: string
  readonly record: Readonly<Record<string, unknown>>
}

export interface DeleteEvent extends CommitPart {
  readonly type: 'delete'
}

/**
 * Closes the snapshot of a repo, behind all its `create` events: at `rev` the repo holds these records and no
 * others. Whatever is older than `rev` in the collections named is out of date.
 */
export interface RepoEvent {
  readonly type: 'repo'
  readonly seq: number
  readonly time: string
  readonly did: string
  readonly commit: string
  readonly rev: string
  /** Patterns of the collections that the snapshot covers; absent from producers that do not say it. */
  readonly collections?: readonly string[]
  /** How many `create` events the snapshot has; absent from producers that do not say it. */
  readonly records?: number
}

export interface AccountEvent {
  readonly type: 'account'
  readonly seq: number
  readonly time: string
  readonly did: string
  readonly active: boolean
  /** Why it is not active, in the lexicon's lower-case words; absent when active. */
  readonly status?: string
}

export interface IdentityEvent {
  readonly type: 'identity'
  readonly seq: number
  readonly time: string
  readonly did: string
  /** Absent when the relay did not say it. */
  readonly handle?: string
}
