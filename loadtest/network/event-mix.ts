/** What a synthetic firehose consists of. Shares lie between 0 and 1. */
export interface EventMix {
  /** Shares of all messages; the rest are commits. */
  readonly messages: { readonly identity: number; readonly account: number; readonly sync: number }
  /** Relative weights of the records that commits create or update. */
  readonly records: Readonly<Record<RecordKind, number>>
  /** Share of commits that delete, of all commits. */
  readonly deletes: number
  /** Commits with 2 to `most` ops of one kind, as share of all commits. */
  readonly severalOps: { readonly share: number; readonly most: number }
  readonly posts: {
    readonly replies: number
    readonly images: number
    readonly externals: number
    readonly quotes: number
    readonly tags: number
    /** Posts whose commit also creates a threadgate. */
    readonly threadgates: number
  }
  readonly identities: { readonly withHandle: number; readonly newHandle: number }
  readonly accounts: {
    /** Exponent of the Zipf law by which authors are drawn: 0 is everyone alike. */
    readonly zipf: number
    /** Accounts whose key lies on k256; all others sign on p256. */
    readonly k256: number
    /** Accounts that have a profile before their first event. */
    readonly profiled: number
    /** Most records that each repo has before its first event. */
    readonly history: number
    /** Records at which an account leaves and a new one takes its place: what keeps memory bounded. */
    readonly repoRecords: number
  }
}

/** `other` stands for collections outside `app.bsky.*` and `chat.bsky.*`. */
export type RecordKind = 'like' | 'follow' | 'post' | 'repost' | 'block' | 'profile' | 'declaration' | 'other'

/**
 * An assumption, not a measurement: no full table of the network's mix is published. Posts are derived from about
 * 36 posts/s at a peak of 600 events/s; the rest is what relay operators report in passing. Change it here.
 */
export const DEFAULT_MIX: EventMix = {
  messages: { identity: 0.01, account: 0.01, sync: 0.001 },
  records: {
    like: 0.62,
    follow: 0.14,
    post: 0.08,
    repost: 0.085,
    block: 0.03,
    profile: 0.015,
    declaration: 0.002,
    other: 0.028,
  },
  deletes: 0.1,
  severalOps: { share: 0.04, most: 10 },
  posts: { replies: 0.45, images: 0.2, externals: 0.12, quotes: 0.06, tags: 0.15, threadgates: 0.03 },
  identities: { withHandle: 0.7, newHandle: 0.2 },
  accounts: { zipf: 0.9, k256: 0.25, profiled: 0.8, history: 12, repoRecords: 300 },
}
