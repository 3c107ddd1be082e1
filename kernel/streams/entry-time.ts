import { parseEntryId } from './entry-id.ts'

/** 2001 and 5138: what lies outside is a sequence in the place of a time. */
const EARLIEST = 1_000_000_000_000n
const LATEST = 100_000_000_000_000n

/** When the entry was added, in milliseconds since the Unix epoch; `null` where its ID is a sequence, and no time. */
export function entryTime(id: string): number | null {
  const { ms } = parseEntryId(id)
  return ms > EARLIEST && ms < LATEST ? Number(ms) : null
}
