/**
 * One event that the relay set out to send, as one line of the journal. `time` is the event's own time,
 * ISO 8601. `filtered` marks an event that the default collections leave out: it is sent and must not arrive.
 */
export type JournalEvent = JournaledRecord | JournaledDelete | JournaledAccount

interface JournaledOp {
  readonly seq: number
  readonly did: string
  readonly rev: string
  readonly collection: string
  readonly rkey: string
  readonly time: string
  readonly filtered?: true
}

export interface JournaledRecord extends JournaledOp {
  readonly action: 'create' | 'update'
  readonly cid: string
}

export interface JournaledDelete extends JournaledOp {
  readonly action: 'delete'
}

export interface JournaledAccount {
  readonly seq: number
  readonly did: string
  readonly action: 'identity' | 'account'
  readonly time: string
}

/** The last line of a journal whose run was not cut short. `events` leaves the filtered ones out. */
export interface JournalEnd {
  readonly finished: true
  readonly events: number
  readonly lastSeq: number
  /** Events that went out too long after the time the rate set for them. */
  readonly late: number
}

/** Whether the default collections (`app.bsky.*`, `chat.bsky.*`) let this event into the stream. */
export function isStreamEvent(event: JournalEvent): boolean {
  return !('filtered' in event)
}
