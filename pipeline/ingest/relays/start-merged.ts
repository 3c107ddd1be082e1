import { createChronicle } from '#pipeline/ingest/chronicle.ts'
import { createKnownEvents } from '#pipeline/ingest/delivery/known-events.ts'
import { findPlace, type Place } from '#pipeline/ingest/find-place.ts'
import type { IngesterOptions } from '#pipeline/ingest/ingester-options.ts'
import { chooseSource } from '#pipeline/ingest/sources/choose-source.ts'
import { type LinesContext, startLines } from '#pipeline/ingest/start-lines.ts'
import type { Heard } from './heard.ts'

const REMEMBERED = 150_000

/**
 * Hears all relays at once, each behind a cursor of its own. An event goes into the stream with the first relay that
 * brings it. What brings it again is left out, and moves the cursor of its relay only together with the first, or
 * after it: whichever relay dies, what it alone had brought is stored, and what it had not another one brings.
 */
export async function startMerged(
  { redis, counts, memory }: Pick<LinesContext, 'redis' | 'counts' | 'memory'>,
  relays: readonly string[],
  options: IngesterOptions,
): Promise<Heard> {
  const places = await Promise.all(relays.map((relay) => findPlace(redis, { ...options, relay })))
  const isContinued = places.some(({ last }) => last.seq !== null)
  const heard = relays.map((relay, at) => ({
    relay,
    place: isContinued ? newcomer(places[at] as Place) : (places[at] as Place),
    chronicle: createChronicle(options.log, counts),
    onEnd() {},
  }))
  const lines = startLines(
    {
      redis,
      counts,
      memory,
      source: await chooseSource(redis, options),
      chronicle: createChronicle(options.log, counts),
      known: createKnownEvents(options.mergeMemory ?? REMEMBERED),
    },
    heard,
    options,
  )
  return {
    expected: 1,
    get isRefused() {
      return lines.isRefused
    },
    stop: () => lines.stop(),
  }
}

/** A relay that was never heard leaves no gap behind it where another one goes on from its cursor. */
function newcomer(place: Place): Place {
  return place.last.seq === null ? { ...place, last: { seq: null, time: null } } : place
}
