import { UsageError } from '#kernel/errors.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import type { Membership } from './membership.ts'

/** One stream or several, comma-separated, and one group for all of them or one for each. */
export interface Streams {
  readonly stream: string
  readonly group: string
  readonly consumer: string
}

/**
 * Who reads what, the first stream being the most urgent. Where only the usual group of events is named, the stream
 * of labels has its own usual group. Throws `UsageError` when the lists do not match.
 */
export function toMemberships(
  { stream, group, consumer }: Streams,
  { streams: usual, groups: usualGroups }: Pick<Dialect, 'streams' | 'groups'>,
): [Membership, ...Membership[]] {
  const streams = toNames(stream)
  const groups = toNames(group)
  const [first, ...others] = streams
  if (first === undefined) throw new UsageError(`--stream "${stream}": names no stream`)
  const twice = others.find((name, at) => streams.indexOf(name) !== at + 1)
  if (twice !== undefined) throw new UsageError(`--stream "${stream}": names ${twice} twice`)
  if (groups.length !== 1 && groups.length !== streams.length) {
    throw new UsageError(
      `--group "${group}": expected one group for all streams, or ${streams.length}, one for each`,
    )
  }
  const shared = (name: string): string => {
    const [only = ''] = groups
    return name === usual.labels && only === usualGroups.live ? (usualGroups.labels ?? only) : only
  }
  const membership = (name: string, at: number): Membership => ({
    stream: name,
    group: groups.length > 1 ? (groups[at] ?? '') : shared(name),
    consumer,
  })
  return [membership(first, 0), ...others.map((name, at) => membership(name, at + 1))]
}

function toNames(list: string): string[] {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
}
