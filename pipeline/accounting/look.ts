/** What readers of a group have settled since the books exist. */
export interface Settled {
  readonly acknowledged: number
  readonly deadLettered: number
  readonly lostBodies: number
}

export const NOTHING_SETTLED: Settled = { acknowledged: 0, deadLettered: 0, lostBodies: 0 }

/** A stream as one look found it. */
export interface StreamLook {
  /** Entries ever added. */
  readonly added: number
  /** Entries there now. */
  readonly length: number
  /** `null` when the stream is empty. */
  readonly firstEntryId: string | null
  readonly lastGeneratedId: string
  /** The highest ID removed by XDEL; `0-0` when none was. */
  readonly maxDeletedEntryId: string
  /** Entries that the safe trim has removed; `null` when nobody counts them. */
  readonly trimmed: number | null
}

/** A group as one look found it. */
export interface GroupLook {
  readonly lastDeliveredId: string
  readonly pending: number
  /** Pending entries whose body is gone, as far as they were counted: each is a loss. */
  readonly bodiless: number
  /** By Redis; `null` when it cannot tell. */
  readonly entriesRead: number | null
  /** By Redis; `null` when it cannot tell. Before Redis 7.4.2 it counts what was trimmed unread as well. */
  readonly lag: number | null
  /** `null` when nobody counts what this group settles, although something was settled. */
  readonly settled: Settled | null
}

/** Everything the books are kept by, as of one moment. */
export interface Look {
  /** Milliseconds since the epoch, by the clock of Redis. */
  readonly at: number
  /** `null` when there is no such stream. */
  readonly stream: StreamLook | null
  readonly groups: ReadonlyMap<string, GroupLook>
  /** The books as they are stored, in JSON, by group; of groups that are gone, too. */
  readonly stored: ReadonlyMap<string, string>
}
