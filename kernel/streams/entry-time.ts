import { systemClock } from '#kernel/time/clock.ts'
import { hours } from '#kernel/time/duration.ts'
import { parseEntryId } from './entry-id.ts'

/** 2001: no clock that writes streams is older. */
const EARLIEST = 1_000_000_000_000n

/** No clock is as wrong as that: what lies further ahead is a sequence. */
const MOST_AHEAD = hours(24 * 365)

/** When the entry was added, in milliseconds since the Unix epoch; `null` where its ID is a sequence, and no time. */
export function entryTime(id: string): number | null {
  const { ms } = parseEntryId(id)
  return ms > EARLIEST && ms < BigInt(systemClock.now() + MOST_AHEAD) ? Number(ms) : null
}
