import type { Terms } from './balance.ts'
import type { Mark } from './count-undelivered.ts'

/** The terms between where an epoch began and where it stands. The opening must be one that is known. */
export function termsOf(opening: Mark, now: Mark): Terms {
  const added = now.stream.added - opening.stream.added
  const since = (what: 'acknowledged' | 'deadLettered' | 'lostBodies') =>
    opening.settled === null || now.settled === null ? null : now.settled[what] - opening.settled[what]
  return {
    opening: opening.pending + (opening.undelivered ?? 0),
    added,
    acknowledged: since('acknowledged'),
    deadLettered: since('deadLettered'),
    lostBodies: since('lostBodies'),
    pending: now.pending,
    bodiless: now.bodiless,
    undelivered: now.undelivered,
    unread: unreadOf(opening, now, added),
  }
}

/** What should be undelivered and is not, by the count of deliveries that Redis keeps. */
function unreadOf(opening: Mark, now: Mark, added: number): number | null {
  const readBefore = readAt(opening)
  if (readBefore === null || now.entriesRead === null) return null
  if (opening.undelivered === null || now.undelivered === null) return null
  return opening.undelivered + added - (now.entriesRead - readBefore) - now.undelivered
}

/** Redis begins to count with the first delivery, as if all had been read that was trimmed before. */
function readAt({ entriesRead, lastDeliveredId, stream, undelivered }: Mark): number | null {
  if (entriesRead !== null || lastDeliveredId !== '0-0' || undelivered === null) return entriesRead
  return stream.added - undelivered
}
