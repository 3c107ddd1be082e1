import { UsageError } from '#kernel/errors.ts'
import type { Dialect } from '#pipeline/dialects/dialect.ts'
import type { Membership } from './membership.ts'

/** One stream or several, comma-separated, and one group for all of them or one for each. */
export interface Streams {
  readonly stream: string
  readonly group: string
  readonly consumer: string
  /** A stream of labels to read besides, and the group to read labels as; the usual ones when absent. */
  readonly labelStream?: string | undefined
  readonly labelGroup?: string | undefined
}

/**
 * Who reads what, the first stream being the most urgent. Where only the usual group of events is named, the stream
 * of labels has its own usual group. Throws `UsageError` when the lists do not match.
 */
export function toMemberships(
  { stream, group, consumer, labelStream, labelGroup }: Streams,
  { name: dialect, streams: usual, groups: usualGroups }: Pick<Dialect, 'name' | 'streams' | 'groups'>,
): [Membership, ...Membership[]] {
  if (labelStream !== undefined && usual.labels === null) {
    throw new UsageError(`--label-stream "${labelStream}": --dialect "${dialect}" carries no labels`)
  }
  const labels = labelStream ?? usual.labels
  const named = toNames(stream)
  const streams = labelStream === undefined || named.includes(labelStream) ? named : [...named, labelStream]
  const groups = toNames(group)
  const [first, ...others] = streams
  if (first === undefined) throw new UsageError(`--stream "${stream}": names no stream`)
  const twice = others.find((name, at) => streams.indexOf(name) !== at + 1)
  if (twice !== undefined) throw new UsageError(`--stream "${stream}": names ${twice} twice`)
  if (groups.length !== 1 && groups.length !== named.length) {
    throw new UsageError(
      `--group "${group}": expected one group for all streams, or ${named.length}, one for each`,
    )
  }
  const shared = (name: string): string => {
    const [only = ''] = groups
    return name === labels && only === usualGroups.live ? (usualGroups.labels ?? only) : only
  }
  const groupOf = (name: string, at: number): string => {
    if (name === labels && labelGroup !== undefined) return labelGroup
    return groups.length > 1 ? (groups[at] ?? usualGroups.labels ?? '') : shared(name)
  }
  const membership = (name: string, at: number): Membership => ({
    stream: name,
    group: groupOf(name, at),
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
