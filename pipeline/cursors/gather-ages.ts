import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { EVENT_FIELD } from '#pipeline/contract.ts'
import { parseSequence, type StoredCursor } from './stored-cursor.ts'

/** Newest entries of a stream that are looked at. */
const NEWEST = 100

interface SeenEvent {
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly time: number
}

/**
 * Adds to each cursor how old its newest event is, where the end of its stream tells: by the event with that very
 * sequence, or, when no other relay feeds the stream, by the newest one that is not beyond it.
 */
export async function gatherAges(redis: Redis, cursors: readonly StoredCursor[]): Promise<StoredCursor[]> {
  const now = systemClock.now()
  const streams = Map.groupBy(cursors, ({ stream }) => stream)
  const aged = [...streams].map(async ([stream, ofStream]) => {
    const events = stream === null ? [] : await readNewest(redis, stream)
    return ofStream.map((cursor) => ({ ...cursor, ageMs: ageOf(cursor, events, ofStream.length === 1, now) }))
  })
  return (await Promise.all(aged)).flat()
}

async function readNewest(redis: Redis, stream: string): Promise<SeenEvent[]> {
  try {
    const entries = await redis.xrevrange(stream, '+', '-', 'COUNT', NEWEST)
    return entries.flatMap(([, fields]) => parseSeen(fields[fields.indexOf(EVENT_FIELD) + 1] ?? ''))
  } catch (error) {
    if (isReplyError(error, 'WRONGTYPE')) return []
    throw error
  }
}

function parseSeen(text: string): SeenEvent[] {
  try {
    const { seq, time } = JSON.parse(text) as { seq?: unknown; time?: unknown }
    const at = typeof time === 'string' ? Date.parse(time) : Number.NaN
    return typeof seq === 'number' && Number.isFinite(at) ? [{ seq, time: at }] : []
  } catch {
    return []
  }
}

function ageOf(
  { value }: StoredCursor,
  events: readonly SeenEvent[],
  isOnly: boolean,
  now: number,
): number | null {
  const cursor = parseSequence(value)
  if (cursor === null) return null
  const newest =
    events.find(({ seq }) => seq === cursor) ??
    (isOnly ? events.find(({ seq }) => seq >= 0 && seq <= cursor) : undefined)
  return newest ? Math.max(0, now - newest.time) : null
}
