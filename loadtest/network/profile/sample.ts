import type { RecordKind } from '../event-mix.ts'

/** What was counted in a captured piece of the firehose. */
export interface Sample {
  messages: number
  identities: number
  identitiesWithHandle: number
  accounts: number
  takedowns: number
  departures: number
  syncs: number
  commits: number
  commitsThatDelete: number
  commitsOfSeveral: number
  mostOps: number
  readonly records: Record<RecordKind, number>
  posts: number
  replies: number
  images: number
  externals: number
  quotes: number
  tags: number
  threadgates: number
  readonly languages: Map<string, number>
  /** Characters of each post, the first so many of them. */
  readonly lengths: number[]
  /** Commits by account. */
  readonly authors: Map<string, number>
  streamEvents: number
  /** Milliseconds since the Unix epoch; `null` while no message told a time. */
  firstAt: number | null
  lastAt: number | null
}

export function emptySample(): Sample {
  return {
    messages: 0,
    identities: 0,
    identitiesWithHandle: 0,
    accounts: 0,
    takedowns: 0,
    departures: 0,
    syncs: 0,
    commits: 0,
    commitsThatDelete: 0,
    commitsOfSeveral: 0,
    mostOps: 0,
    records: { like: 0, follow: 0, post: 0, repost: 0, block: 0, profile: 0, declaration: 0, other: 0 },
    posts: 0,
    replies: 0,
    images: 0,
    externals: 0,
    quotes: 0,
    tags: 0,
    threadgates: 0,
    languages: new Map(),
    lengths: [],
    authors: new Map(),
    streamEvents: 0,
    firstAt: null,
    lastAt: null,
  }
}
