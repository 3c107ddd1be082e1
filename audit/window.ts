import type { GroupEvidence } from './evidence/group-evidence.ts'
import type { Look } from './evidence/look.ts'
import { type ExistingStream, isExisting } from './existing-stream.ts'
import { type GroupSample, toGroupSample } from './group-sample.ts'

/** The first and the last look, and the seconds between them. */
export interface Span {
  readonly first: Look
  readonly last: Look
  readonly seconds: number
}

/** `null` when nobody watched. */
export function spanOf(window: readonly Look[]): Span | null {
  const [first] = window
  const last = window.at(-1)
  if (!first || !last || first === last) return null
  return { first, last, seconds: (last.atMs - first.atMs) / 1_000 }
}

/** One group as it was in every look that saw it. */
export interface GroupSeries {
  readonly evidence: readonly GroupEvidence[]
  readonly samples: readonly GroupSample[]
}

type Group = Pick<GroupEvidence, 'stream' | 'group'>

/** Finds each stream in every look in which it exists. */
export function streamSeries(window: readonly Look[]): (stream: string) => readonly ExistingStream[] {
  const series = Map.groupBy(
    window.flatMap(({ streams }) => streams.filter(isExisting)),
    ({ stream }) => stream,
  )
  return (stream) => series.get(stream) ?? []
}

/** Finds each group in every look in which it exists. */
export function groupSeries(window: readonly Look[]): (group: Group) => GroupSeries {
  const series = Map.groupBy(
    window.flatMap(({ atMs, groups }) => groups.map((evidence) => ({ atMs, evidence }))),
    ({ evidence }) => keyOf(evidence),
  )
  return (group) => {
    const seen = series.get(keyOf(group)) ?? []
    return {
      evidence: seen.map(({ evidence }) => evidence),
      samples: seen.map(({ atMs, evidence }) => toGroupSample(atMs, evidence)),
    }
  }
}

const keyOf = ({ stream, group }: Group): string => JSON.stringify([stream, group.name])
