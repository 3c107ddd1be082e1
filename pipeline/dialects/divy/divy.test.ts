import { expect, test } from 'vitest'
import { aCreateEvent, aDeleteEvent, anAccountEvent, anIdentityEvent } from '#test/support/stream-events.ts'
import { divy } from './divy.ts'

const decode = (event: unknown) => divy.decode('1-1', ['event', JSON.stringify(event)])

test.each([
  aCreateEvent(),
  aCreateEvent({ type: 'update' }),
  aDeleteEvent(),
  anAccountEvent({ active: false, status: 'suspended' }),
  anIdentityEvent(),
  { type: 'repo', seq: -1, time: '2026-01-02T03:04:05Z', did: 'did:plc:a', commit: 'bafy', rev: '3l' },
])('a $type event is understood', (event) => {
  expect(decode(event)).toEqual({ events: [event], unreadable: null })
})

test.each([
  { what: 'no event field', fields: ['data', '{}'], reason: 'no-event-field' },
  { what: 'no fields at all', fields: [], reason: 'no-event-field' },
  { what: 'text that is not JSON', fields: ['event', 'nonsense'], reason: 'not-json' },
  { what: 'JSON cut short', fields: ['event', '{"type":'], reason: 'not-json' },
  { what: 'no object', fields: ['event', '[]'], reason: 'malformed-event' },
  { what: 'no type', fields: ['event', '{}'], reason: 'unknown-event' },
  { what: 'a type we do not know', fields: ['event', '{"type":"handle"}'], reason: 'unknown-event' },
  {
    what: 'a type that is a word of JavaScript',
    fields: ['event', '{"type":"toString"}'],
    reason: 'unknown-event',
  },
])('$what is poison: $reason', ({ fields, reason }) => {
  expect(divy.decode('1-1', fields)).toMatchObject({ events: [], unreadable: { reason } })
})

test.each([
  [{ ...aCreateEvent(), rev: undefined }, 'field rev: expected printable ASCII, got nothing'],
  [{ ...aCreateEvent(), rkey: 'a\0b' }, 'field rkey: expected printable ASCII, got "a\\u0000b"'],
  [{ ...aCreateEvent(), seq: 1.5 }, 'field seq: expected a whole number, got 1.5'],
  [{ ...aCreateEvent(), time: 'yesterday' }, 'field time: expected a time in ISO 8601, got "yesterday"'],
  [{ ...aCreateEvent(), record: 'text' }, 'field record: expected an object, got "text"'],
  [{ ...anAccountEvent(), active: 1 }, 'field active: expected true or false, got 1'],
  [{ ...anIdentityEvent(), handle: '\ud800' }, 'field handle: expected text without NUL, got "\\ud800"'],
])('a field that is wrong is named: %#', (event, error) => {
  expect(decode(event)).toEqual({ events: [], unreadable: { reason: 'malformed-event', error } })
})

test('an entry nested deeper than JavaScript can print is poison, not an error', () => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
  const { record: _, ...rest } = aCreateEvent()
  const text = JSON.stringify(rest).replace(/}$/, `,"record":${deep}}`)
  expect(divy.decode('1-1', ['event', text]).unreadable).toEqual({
    reason: 'malformed-event',
    error: 'field record: expected an object, got a list',
  })
})

test('the event field is found wherever it stands', () => {
  const fields = ['seq', '1', 'event', JSON.stringify(aCreateEvent())]
  expect(divy.decode('1-1', fields).events).toHaveLength(1)
})
