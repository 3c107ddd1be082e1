import { checkEvent, type Unreadable } from '#pipeline/consume/parse-event.ts'
import { valueOf } from '#pipeline/consume/value-of.ts'
import type { StreamEvent } from '#pipeline/contract.ts'
import { readJsonField } from '#pipeline/dialects/read-json-field.ts'
import { type Reading, readingOf } from '#pipeline/dialects/reading.ts'
import { type EntryOrder, orderOfEntry } from './order-of-entry.ts'

/** In the place of the commit CID, which every event has to have and this dialect does not tell. */
const UNSAID = 'unsaid'

type Fields = Readonly<Record<string, unknown>>

/** Reads what one frame brought. An op that is none makes the entry unreadable in part, not its neighbours. */
export function decodePublicappview(id: string, fields: readonly string[]): Reading {
  const read = readJsonField(fields, 'data')
  if ('reason' in read) return { events: [], unreadable: read }
  const order = orderOfEntry(id)
  if (order === null) return malformed(`entry ID ${id}: too far in the future to order events by`)
  if (!isObject(read.value)) return malformed('field data: expected an object')
  const seq = sequenceIn(fields) ?? order.sequence
  const type = valueOf(fields, 'type')
  switch (type) {
    case 'commit':
      return decodeCommit(read.value, seq, order)
    case 'identity':
    case 'account':
      return readingOf(checkEvent(toActorEvent(type, read.value, seq, order)))
    case null:
    default: {
      const error = `field type: expected commit, identity or account, got ${JSON.stringify(type)}`
      return { events: [], unreadable: { reason: 'unknown-event', error } }
    }
  }
}

function decodeCommit({ repo, ops }: Fields, seq: number, { rev, time }: EntryOrder): Reading {
  if (!Array.isArray(ops)) return malformed('field ops: expected a list')
  const events: StreamEvent[] = []
  let unreadable: Unreadable | null = null
  for (const op of ops as unknown[]) {
    const { action, path, cid, record } = isObject(op) ? op : {}
    const [collection, rkey] = typeof path === 'string' ? split(path) : []
    const place = { seq, time, did: repo, commit: UNSAID, rev, collection, rkey }
    const read = checkEvent(
      action === 'delete' ? { type: action, ...place } : { type: action, ...place, cid, record },
    )
    if ('reason' in read) unreadable ??= read
    else events.push({ ...read, commit: '' } as StreamEvent)
  }
  return { events, unreadable }
}

function toActorEvent(type: string, { did, active, handle }: Fields, seq: number, { time }: EntryOrder) {
  const head = { type, seq, time, did }
  if (type === 'account') return { ...head, active }
  // Where no handle is known, one producer writes the DID in its place and the other one null.
  return handle === null || handle === did ? head : { ...head, handle }
}

/** `null` when the producer did not say it: it writes an empty field for an identity or an account. */
function sequenceIn(fields: readonly string[]): number | null {
  const text = valueOf(fields, 'seq') ?? ''
  const seq = Number(text)
  return /^\d+$/.test(text) && Number.isSafeInteger(seq) ? seq : null
}

function split(path: string): [collection: string, rkey: string] {
  const slash = path.indexOf('/')
  return [path.slice(0, Math.max(0, slash)), path.slice(slash + 1)]
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function malformed(error: string): Reading {
  return { events: [], unreadable: { reason: 'malformed-event', error } }
}
