import { formatNumber } from '#kernel/format/format-number.ts'
import { entryTime } from '#kernel/streams/entry-time.ts'
import type { StreamEvidence } from './evidence.ts'

/** What flows through the named streams, so that a risk can be told in events and seconds. */
export interface Traffic {
  /** Entries in the streams now; `null` when they could not be read. */
  readonly entries: number | null
  readonly eventsPerSecond: number
  /** Whether the rate is the average between first and last entry, or our assumption of a quiet firehose. */
  readonly measured: boolean
}

const ASSUMED_EVENTS_PER_SECOND = 600
const LEAST_ENTRIES = 100

/** `streams` is `null` when they could not be read. */
export function summariseTraffic(streams: readonly StreamEvidence[] | null): Traffic {
  const rates = (streams ?? []).map(rateOf).filter((rate) => rate !== null)
  const measured = rates.length > 0
  return {
    entries: streams && streams.reduce((sum, { state }) => sum + (state?.length ?? 0), 0),
    eventsPerSecond: measured ? rates.reduce((sum, rate) => sum + rate, 0) : ASSUMED_EVENTS_PER_SECOND,
    measured,
  }
}

/** `about 1,200 events (600/s assumed)`. */
export function eventsWithin({ eventsPerSecond, measured }: Traffic, seconds: number): string {
  const events = formatNumber(Math.ceil(eventsPerSecond * seconds))
  return `about ${events} events (${formatNumber(eventsPerSecond)}/s ${measured ? 'measured' : 'assumed'})`
}

/** `52,000 entries`, or what can be said when nobody could count them. */
export function entriesAtStake({ entries }: Traffic): string {
  if (entries === null) return 'every entry'
  return entries === 1 ? '1 entry' : `${formatNumber(entries)} entries`
}

/** Entries per second by the time in their IDs; `null` when that says nothing: few entries, or IDs that are no time. */
function rateOf({ state }: StreamEvidence): number | null {
  if (!state?.firstEntryId || !state.lastEntryId || state.length < LEAST_ENTRIES) return null
  const [first, last] = [entryTime(state.firstEntryId), entryTime(state.lastEntryId)]
  const spanMs = first === null || last === null ? 0 : last - first
  return spanMs >= 1_000 ? ((state.length - 1) / spanMs) * 1_000 : null
}
