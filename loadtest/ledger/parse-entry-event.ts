import type { EventName } from './event-name.ts'

/**
 * What an entry is about. One that cannot be read names itself: nobody attempted such an event, so the
 * ledger shows it as unexpected instead of passing over it.
 */
export function parseEntryEvent(id: string, text: string | null): EventName {
  const unreadable: EventName = { seq: -1, did: `unreadable entry ${id}`, action: 'none' }
  let event: unknown
  try {
    event = JSON.parse(text ?? '')
  } catch {
    return unreadable
  }
  const { seq, did, type, rev, collection, rkey } = (event ?? {}) as Record<string, unknown>
  if (typeof seq !== 'number' || typeof did !== 'string' || typeof type !== 'string') return unreadable
  return { seq, did, rev: textOf(rev), collection: textOf(collection), rkey: textOf(rkey), action: type }
}

const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null)
