import type { DeadLetterReason, StreamEvent } from '#pipeline/contract.ts'
import { isTime } from './is-time.ts'

/** Why a text is not an event: what it would be dead-lettered for. */
export interface Unreadable {
  readonly reason: DeadLetterReason
  readonly error: string
}

interface Expectation {
  readonly expected: string
  readonly holds: (value: unknown) => boolean
}

const PRINTABLE = /^[\x21-\x7e]+$/

/** Identifiers of atproto are ASCII; anything else could not be compared, or stored, as it is. */
const name: Expectation = {
  expected: 'printable ASCII',
  holds: (value) => typeof value === 'string' && PRINTABLE.test(value),
}
const sequence: Expectation = { expected: 'a whole number', holds: Number.isSafeInteger }
const time: Expectation = { expected: 'a time in ISO 8601', holds: isTime }
const boolean: Expectation = { expected: 'true or false', holds: (value) => typeof value === 'boolean' }
const optionalText: Expectation = {
  expected: 'text without NUL',
  holds: (value) =>
    value === undefined ||
    value === null ||
    (typeof value === 'string' && value.isWellFormed() && !value.includes('\0')),
}
const object: Expectation = {
  expected: 'an object',
  holds: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
}

const optionalPatterns: Expectation = {
  expected: 'a list of patterns in printable ASCII',
  holds: (value) => value === undefined || (Array.isArray(value) && value.every(name.holds)),
}

const common = { seq: sequence, time, did: name }
const commit = { ...common, commit: name, rev: name }
const change = { ...commit, collection: name, rkey: name }
const written = { ...change, cid: name, record: object }

/** The fields that each type of event must have; others are let through untouched. */
const FIELDS: Readonly<Record<StreamEvent['type'], readonly (readonly [string, Expectation])[]>> = {
  create: Object.entries(written),
  update: Object.entries(written),
  delete: Object.entries(change),
  repo: Object.entries({ ...commit, collections: optionalPatterns }),
  account: Object.entries({ ...common, active: boolean, status: optionalText }),
  identity: Object.entries({ ...common, handle: optionalText }),
}

/** Reads the JSON text of an event; never throws. */
export function parseEvent(text: string): StreamEvent | Unreadable {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { reason: 'not-json', error: (error as Error).message }
  }
  return checkEvent(value)
}

/** The event that a value from JSON is, or why it is none; never throws. */
export function checkEvent(value: unknown): StreamEvent | Unreadable {
  if (!object.holds(value))
    return { reason: 'malformed-event', error: `expected an object, got ${shown(value)}` }
  const event = value as Readonly<Record<string, unknown>>
  const type = event['type']
  if (typeof type !== 'string' || !Object.hasOwn(FIELDS, type)) {
    return { reason: 'unknown-event', error: `field type: expected an event we know, got ${shown(type)}` }
  }
  for (const [field, { expected, holds }] of FIELDS[type as StreamEvent['type']]) {
    if (!holds(event[field])) {
      const error = `field ${field}: expected ${expected}, got ${shown(event[field])}`
      return { reason: 'malformed-event', error }
    }
  }
  return value as StreamEvent
}

/** Never a look inside: a value may be nested deeper than JSON.stringify can follow. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object'
  const text = JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}
