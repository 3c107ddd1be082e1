import { type EventName, keyOf } from './event-name.ts'
import type { Pages } from './pages.ts'
import type { Tally } from './tally.ts'

/** Marks what still lies somewhere in Redis; what lies there and was never attempted is unexpected. */
export async function markKept(
  { index, seen, counts, examples }: Tally,
  events: Pages<EventName>,
  mark: number,
): Promise<void> {
  for await (const page of events) {
    for (const event of page) {
      const place = index.find(keyOf(event))
      if (place >= 0) seen.set(place, seen.get(place) | mark)
      else {
        counts.unexpected++
        examples.add('unexpected', event)
      }
    }
  }
}
