import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { StreamEvent } from '#pipeline/contract.ts'
import { lessLacks } from '#test/support/less-lacks.ts'
import type { Dialect } from './dialect.ts'
import { DIALECTS } from './dialects.ts'

const NOW = Date.parse('2025-10-31T15:26:00.250Z')

/** Identifiers as atproto has them: printable ASCII, no slash within a part of a path. */
const name = fc.stringMatching(/^[A-Za-z0-9._:~-]{1,20}$/)
const text = fc.string({ unit: 'grapheme', maxLength: 20 }).filter((one) => !one.includes('\0'))
const head = {
  seq: fc.nat(),
  time: fc
    .date({ min: new Date('2022-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString()),
  did: name.map((one) => `did:plc:${one}`),
}
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3 },
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    text,
    fc.constant({ $link: 'bafyreilink' }),
    fc.uint8Array({ maxLength: 8 }).map((bytes) => ({ $bytes: Buffer.from(bytes).toString('base64') })),
    fc.array(tie('any'), { maxLength: 3 }),
    fc.dictionary(text, tie('any'), { maxKeys: 3 }),
  ),
})).any
const record = fc
  .dictionary(text, value, { maxKeys: 4 })
  .map((fields) => ({ $type: 'app.bsky.x', ...fields }))

const commitFrame = fc
  .record({
    ...head,
    commit: name,
    rev: name,
    ops: fc.array(
      fc.oneof(
        fc.record({
          type: fc.constantFrom('create' as const, 'update' as const),
          collection: name,
          rkey: name,
          cid: name,
          record,
        }),
        fc.record({ type: fc.constant('delete' as const), collection: name, rkey: name }),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ ops, ...shared }) => ops.map(({ type, ...rest }) => ({ type, ...shared, ...rest }) as StreamEvent))
const identityFrame = fc
  .record({ ...head, handle: fc.option(name, { nil: undefined }) })
  .map(({ handle, ...rest }) => [{ type: 'identity', ...rest, ...(handle ? { handle } : {}) } as StreamEvent])
const accountFrame = fc
  .record({ ...head, active: fc.boolean(), status: fc.constantFrom(undefined, 'takendown', 'deactivated') })
  .map(({ status, ...rest }) => [{ type: 'account', ...rest, ...(status ? { status } : {}) } as StreamEvent])
const frame = fc.oneof(commitFrame, identityFrame, accountFrame)

/** What comes back of the events of one frame. */
function roundTrip({ fields, encode, decode }: Dialect, events: readonly StreamEvent[]): StreamEvent[] {
  const values = encode(
    events.map((event) => JSON.stringify(event)),
    NOW,
  )
  const back: StreamEvent[] = []
  for (let at = 0; at < values.length; at += fields.length) {
    const entry = fields.flatMap((field, index) => [field, values[at + index] ?? ''])
    const { events: read, unreadable } = decode(`${NOW}-${at}`, entry)
    if (unreadable) throw new Error(unreadable.error)
    back.push(...read)
  }
  return back
}

describe.each(Object.values(DIALECTS))('$name', (dialect) => {
  test('what is written and read again is the same, less what the dialect says that it lacks', () => {
    fc.assert(
      fc.property(frame, (events) => {
        expect(lessLacks(dialect, roundTrip(dialect, events))).toEqual(lessLacks(dialect, events))
      }),
    )
  })

  test('whatever lies in an entry, reading it never throws, and says why nothing came of it', () => {
    const field = fc.oneof(fc.constantFrom(...dialect.fields, 'type', 'data', 'seq'), fc.string())
    const content = fc.oneof(fc.string(), fc.json(), fc.constantFrom('commit', 'identity', 'account'))
    fc.assert(
      fc.property(fc.array(fc.tuple(field, content), { maxLength: 4 }), (entry) => {
        const { events, unreadable } = dialect.decode('1-1', entry.flat())
        expect(events.length > 0 || unreadable !== null || entry.some(([name]) => name === 'data')).toBe(true)
      }),
    )
  })
})

test.each(Object.values(DIALECTS).filter(({ lacks }) => lacks.length > 0))(
  'control: $name really lacks what it says, so the comparison looks at something',
  (dialect) => {
    const samples = fc.sample(frame, { numRuns: 200, seed: 1 })
    const differs = samples.filter(
      (events) => JSON.stringify(roundTrip(dialect, events)) !== JSON.stringify(events),
    )
    expect(differs.length).toBeGreaterThan(100)
  },
)
