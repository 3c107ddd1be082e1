import { DEFAULT_MIX, type EventMix } from '../event-mix.ts'
import { LANGUAGES } from '../language.ts'
import { fitZipf } from './fit-zipf.ts'
import type { Profile } from './profile.ts'
import type { Sample } from './sample.ts'

/** A profile, and which of its numbers are not from the sample, with the reason. */
export interface Fitted {
  readonly profile: Profile
  readonly assumed: readonly string[]
}

/** Fewer than this tell nothing of a share. */
const ENOUGH = 100

/** Fits a profile to what was counted. A number that too few samples stand behind stays as the default has it. */
export function fitProfile(sample: Sample, name: string): Fitted {
  const assumed: string[] = []
  const shareOf = (what: string, count: number, of: number, fallback: number): number => {
    if (of >= ENOUGH) return rounded(count / of)
    assumed.push(`${what}: ${of} samples, expected ${ENOUGH}`)
    return fallback
  }
  const { messages, posts, accounts, identities } = DEFAULT_MIX
  const keep = <T>(what: string, samples: number, fitted: () => T, fallback: T): T => {
    if (samples >= ENOUGH) return fitted()
    assumed.push(`${what}: ${samples} samples, expected ${ENOUGH}`)
    return fallback
  }
  const records = Object.values(sample.records).reduce((sum, count) => sum + count, 0)
  const mix: EventMix = {
    messages: {
      identity: shareOf('messages.identity', sample.identities, sample.messages, messages.identity),
      account: shareOf('messages.account', sample.accounts, sample.messages, messages.account),
      sync: shareOf('messages.sync', sample.syncs, sample.messages, messages.sync),
    },
    records: keep('records', records, () => sharesOf(sample.records, records), DEFAULT_MIX.records),
    deletes: shareOf('deletes', sample.commitsThatDelete, sample.commits, DEFAULT_MIX.deletes),
    severalOps: {
      share: shareOf('severalOps', sample.commitsOfSeveral, sample.commits, DEFAULT_MIX.severalOps.share),
      most: Math.min(200, Math.max(2, sample.mostOps)),
    },
    posts: {
      replies: shareOf('posts.replies', sample.replies, sample.posts, posts.replies),
      images: shareOf('posts.images', sample.images, sample.posts, posts.images),
      externals: shareOf('posts.externals', sample.externals, sample.posts, posts.externals),
      quotes: shareOf('posts.quotes', sample.quotes, sample.posts, posts.quotes),
      tags: shareOf('posts.tags', sample.tags, sample.posts, posts.tags),
      threadgates: shareOf(
        'posts.threadgates',
        Math.min(sample.threadgates, sample.posts),
        sample.posts,
        posts.threadgates,
      ),
      languages: keep('posts.languages', known(sample), () => languagesOf(sample), posts.languages),
      medianLength: keep(
        'posts.medianLength',
        sample.lengths.length,
        () => medianOf(sample.lengths),
        posts.medianLength,
      ),
      lengthSpread: keep(
        'posts.lengthSpread',
        sample.lengths.length,
        () => spreadOf(sample.lengths),
        posts.lengthSpread,
      ),
    },
    viral: DEFAULT_MIX.viral,
    identities: {
      withHandle: shareOf(
        'identities.withHandle',
        sample.identitiesWithHandle,
        sample.identities,
        identities.withHandle,
      ),
      newHandle: identities.newHandle,
    },
    accounts: {
      ...accounts,
      zipf: keep(
        'accounts.zipf',
        sample.authors.size,
        () => fitZipf([...sample.authors.values()]),
        accounts.zipf,
      ),
      takedowns: shareOf('accounts.takedowns', sample.takedowns, sample.departures, accounts.takedowns),
    },
  }
  const never =
    'viral, identities.newHandle, accounts.k256, profiled, history, repoRecords: a sample does not show them'
  const rate = rateOf(sample)
  return {
    profile: { name, source: sourceOf(sample), mix, ...(rate === null ? {} : { rate }) },
    assumed: [...assumed, never, ...(rate === null ? ['rate: the sample is shorter than a second'] : [])],
  }
}

function sharesOf<Key extends string>(
  counts: Readonly<Record<Key, number>>,
  total: number,
): Record<Key, number> {
  const entries = Object.entries<number>(counts).map(([key, count]) => [key, rounded(count / total)])
  return Object.fromEntries(entries) as Record<Key, number>
}

const known = ({ languages }: Sample) => LANGUAGES.reduce((sum, one) => sum + (languages.get(one) ?? 0), 0)

/** Of the languages that we speak; the others count for none. */
function languagesOf(sample: Sample): EventMix['posts']['languages'] {
  const total = known(sample)
  const entries = LANGUAGES.flatMap((one) => {
    const count = sample.languages.get(one) ?? 0
    return count === 0 ? [] : [[one, rounded(count / total)] as const]
  })
  return Object.fromEntries(entries) as EventMix['posts']['languages']
}

function medianOf(lengths: readonly number[]): number {
  const sorted = lengths.toSorted((one, other) => one - other)
  return Math.max(1, Math.min(300, sorted[sorted.length >> 1] ?? 1))
}

/** By the quartiles of the logarithm: what was cut at the longest allowed does not pull it in. */
function spreadOf(lengths: readonly number[]): number {
  const logs = lengths.map((length) => Math.log(Math.max(1, length))).toSorted((one, other) => one - other)
  const quartile = (share: number) => logs[Math.floor(logs.length * share)] ?? 0
  return rounded(Math.min(3, (quartile(0.5) - quartile(0.25)) / 0.6745))
}

function rateOf({ firstAt, lastAt, streamEvents }: Sample): Profile['rate'] | null {
  const seconds = ((lastAt ?? 0) - (firstAt ?? 0)) / 1_000
  if (seconds < 1 || streamEvents === 0) return null
  const rate = rounded(streamEvents / seconds)
  return [
    {
      name: 'as sampled',
      lasts: 3_600,
      arrivals: { shape: 'constant', rate },
      spread: 'poisson',
      warmUp: false,
    },
  ]
}

function sourceOf({ messages, authors, firstAt, lastAt }: Sample): string {
  const times =
    firstAt === null || lastAt === null
      ? ''
      : `, ${new Date(firstAt).toISOString()} to ${new Date(lastAt).toISOString()}`
  return `fitted to ${messages} messages of ${authors.size} accounts${times}`
}

const rounded = (value: number) => Number(value.toPrecision(4))
