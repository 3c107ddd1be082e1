import { checkEvent } from '#pipeline/consume/parse-event.ts'
import { EVENT_FIELD } from '#pipeline/contract.ts'
import { readJsonField } from '#pipeline/dialects/read-json-field.ts'
import { type Reading, readingOf } from '#pipeline/dialects/reading.ts'

/** Types that may come without a sequence. */
const UNSEQUENCED = ['repo', 'account', 'identity']

/**
 * Reads one event. Lists of numbers stay lists, even where they may once have been bytes or the bytes of a link:
 * a guess would damage those that were not.
 */
export function decodeRsky(_id: string, fields: readonly string[]): Reading {
  const read = readJsonField(fields, EVENT_FIELD)
  return 'reason' in read ? { events: [], unreadable: read } : readingOf(checkEvent(fromRsky(read.value)))
}

function fromRsky(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const { status, handle, ...event } = value as Readonly<Record<string, unknown>>
  return {
    ...event,
    ...(event['seq'] === undefined && UNSEQUENCED.includes(String(event['type'])) ? { seq: -1 } : {}),
    ...(status === undefined || status === null ? {} : { status: lowered(status) }),
    ...(handle === undefined || handle === null ? {} : { handle }),
  }
}

function lowered(status: unknown): unknown {
  return typeof status === 'string' ? status.charAt(0).toLowerCase() + status.slice(1) : status
}
