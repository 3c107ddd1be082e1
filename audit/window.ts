import type { GroupEvidence } from './evidence/group-evidence.ts'
import type { Look } from './evidence/look.ts'
import { type ExistingStream, isExisting } from './existing-stream.ts'

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

/** One stream in every look in which it exists. */
export function streamSeries(window: readonly Look[], stream: string): ExistingStream[] {
  return window.flatMap(({ streams }) => streams.filter((one) => one.stream === stream).filter(isExisting))
}

/** One group in every look in which it exists. */
export function groupSeries(window: readonly Look[], stream: string, name: string): GroupEvidence[] {
  return window.flatMap(({ groups }) =>
    groups.filter((one) => one.stream === stream && one.group.name === name),
  )
}
