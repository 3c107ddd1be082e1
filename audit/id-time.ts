import { parseEntryId } from '#kernel/streams/entry-id.ts'

/** 2001 and 5138: what lies outside is a sequence in the place of a time. */
const EARLIEST = 1_000_000_000_000n
const LATEST = 100_000_000_000_000n

/** The time in an entry ID, in milliseconds since the Unix epoch; `null` where the ID is no time. */
export function idTime(id: string): number | null {
  const { ms } = parseEntryId(id)
  return ms > EARLIEST && ms < LATEST ? Number(ms) : null
}
