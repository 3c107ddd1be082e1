import { parseEntryId } from '#kernel/streams/entry-id.ts'

/** 2001-09-09. No clock that writes streams is older, and no firehose sequence has come this far. */
const EARLIEST = 1_000_000_000_000n

/** The Unix time in seconds that an entry ID holds; `null` when its first part is no clock time, but a sequence. */
export function clockTimeOf(id: string | null): number | null {
  if (id === null) return null
  const { ms } = parseEntryId(id)
  return ms < EARLIEST ? null : Number(ms) / 1_000
}
