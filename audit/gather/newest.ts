import { EVENT_FIELD } from '#pipeline/contract.ts'
import type { NewestEntry } from '../evidence/newest-evidence.ts'
import { eachStream } from './each-stream.ts'
import type { Gatherer } from './source.ts'

/** How many entries are sampled; each may be several kilobytes. */
export const NEWEST_ENTRIES = 50

/** `XREVRANGE + - COUNT 50` of every stream that exists: O(1) in the length of the stream. */
export const gatherNewest: Gatherer<'newest'> = async (source) => {
  const streams = (await source.read('streams')).filter(({ state }) => state !== null)
  return eachStream(source, 'newest', streams, async ({ stream }) => {
    const reply = await source.redis.xrevrange(stream, '+', '-', 'COUNT', NEWEST_ENTRIES)
    return { stream, entries: reply.map(([id, fields]) => toNewestEntry(id, fields)) }
  })
}

function toNewestEntry(id: string, fields: readonly string[]): NewestEntry {
  const bytes = fields.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
  const event = eventOf(fields)
  return { id, bytes, seq: numberOrNull(event['seq']), eventMs: timeOrNull(event['time']) }
}

/** What an entry says of its event: by our field, or by fields of their own as other producers write them. */
function eventOf(fields: readonly string[]): Readonly<Record<string, unknown>> {
  const named: Record<string, string> = {}
  for (let at = 0; at + 1 < fields.length; at += 2) named[fields[at] ?? ''] = fields[at + 1] ?? ''
  const text = named[EVENT_FIELD]
  if (text === undefined) return named
  try {
    const event: unknown = JSON.parse(text)
    return typeof event === 'object' && event !== null ? { ...event } : {}
  } catch {
    return {}
  }
}

/** Backfilled events have -1: they have no place in the relay's order. */
function numberOrNull(value: unknown): number | null {
  const number = typeof value === 'number' || (typeof value === 'string' && value !== '') ? Number(value) : -1
  return Number.isSafeInteger(number) && number >= 0 ? number : null
}

function timeOrNull(value: unknown): number | null {
  const time = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(time) ? null : time
}
