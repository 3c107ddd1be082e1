import { entryTime } from '#kernel/streams/entry-time.ts'

/** The Unix time in seconds that an entry ID holds; `null` when its first part is no clock time, but a sequence. */
export function clockTimeOf(id: string | null): number | null {
  const ms = id === null ? null : entryTime(id)
  return ms === null ? null : ms / 1_000
}
