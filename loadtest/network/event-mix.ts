import { z } from 'zod'
import { LANGUAGES } from './language.ts'

const share = z.number().min(0, 'expected a share, 0 to 1').max(1, 'expected a share, 0 to 1')
const weight = z.number().min(0, 'expected a weight of 0 or more')

/** `other` stands for collections outside `app.bsky.*` and `chat.bsky.*`. */
const recordsSchema = z.strictObject({
  like: weight.default(0.62),
  follow: weight.default(0.14),
  post: weight.default(0.08),
  repost: weight.default(0.085),
  block: weight.default(0.03),
  profile: weight.default(0.015),
  declaration: weight.default(0.002),
  other: weight.default(0.028),
})

const postsSchema = z.strictObject({
  replies: share.default(0.45),
  images: share.default(0.2),
  externals: share.default(0.12),
  quotes: share.default(0.06),
  tags: share.default(0.15),
  /** Posts whose commit also creates a threadgate. */
  threadgates: share.default(0.03),
  /** Weights by language. */
  languages: z.partialRecord(z.enum(LANGUAGES), weight).default({ en: 0.65, ja: 0.2, pt: 0.15 }),
  /** Characters: half of the posts are shorter. Lengths are log-normal, cut at 300. */
  medianLength: z.number().min(1).max(300, 'expected at most 300 characters').default(70),
  /** Standard deviation of the logarithm of the length; 0 makes all alike. */
  lengthSpread: z.number().min(0).max(3, 'expected at most 3').default(0.9),
})

const accountsSchema = z.strictObject({
  /** Exponent of the Zipf law by which authors are drawn: 0 is everyone alike. */
  zipf: z.number().min(0).max(5, 'expected at most 5').default(0.9),
  /** Accounts whose key lies on k256; all others sign on p256. */
  k256: share.default(0.25),
  /** Accounts that have a profile before their first event. */
  profiled: share.default(0.8),
  /** Most records that each repo has before its first event. */
  history: z.int().min(1).max(10_000, 'expected at most 10000').default(12),
  /** Records at which an account leaves and a new one takes its place: what keeps memory bounded. */
  repoRecords: z.int().min(2).max(1_000_000, 'expected at most 1000000').default(300),
  /** Of the accounts that go away, those that are taken down; the others deactivate themselves. */
  takedowns: share.default(0.2),
})

/** What a synthetic firehose consists of; what is left out takes its default. Shares lie between 0 and 1. */
export const eventMixSchema = z
  .strictObject({
    /** Shares of all messages; the rest are commits. */
    messages: z
      .strictObject({
        identity: share.default(0.01),
        account: share.default(0.01),
        sync: share.default(0.001),
      })
      .prefault({}),
    /** Relative weights of the records that commits create or update. */
    records: recordsSchema.prefault({}),
    /** Share of commits that delete, of all commits. */
    deletes: share.default(0.1),
    /** Commits with 2 to `most` ops of one kind, as share of all commits. */
    severalOps: z
      .strictObject({ share: share.default(0.04), most: z.int().min(2).max(200).default(10) })
      .prefault({}),
    posts: postsSchema.prefault({}),
    /** Likes, reposts, quotes and replies that are about the one post that everybody talks of. */
    viral: share.default(0.02),
    identities: z
      .strictObject({ withHandle: share.default(0.7), newHandle: share.default(0.2) })
      .prefault({}),
    accounts: accountsSchema.prefault({}),
  })
  .superRefine(refuseTheImpossible)

export type EventMix = z.infer<typeof eventMixSchema>
export type RecordKind = keyof EventMix['records']

/**
 * An assumption, not a measurement: no full table of the network's mix is published. Posts are derived from about
 * 36 posts/s at a peak of 600 events/s; the rest is what relay operators report in passing. A profile file says
 * something else, and `standpipe profile` fits one to a captured sample.
 */
export const DEFAULT_MIX: EventMix = eventMixSchema.parse({})

function refuseTheImpossible(
  { messages, records, posts }: Pick<EventMix, 'messages' | 'records' | 'posts'>,
  context: z.RefinementCtx,
): void {
  const refuse = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message })
  const sum = (weights: object) =>
    Object.values(weights).reduce((total: number, one: number) => total + one, 0)
  if (sum(messages) > 1) refuse(['messages'], 'expected shares that are 1 or less together')
  if (sum(records) === 0) refuse(['records'], 'expected a weight above 0')
  if (sum(posts.languages) === 0) refuse(['posts', 'languages'], 'expected a weight above 0')
  const { images, externals, quotes } = posts
  if (images + externals + quotes > 1)
    refuse(['posts'], 'expected images, externals and quotes that are 1 or less together')
}
