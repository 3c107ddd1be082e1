import { expect, type TestAPI } from 'vitest'
import type { StreamEvent } from '#pipeline/contract.ts'
import type { LabelEvent } from '#pipeline/sinks/label-event.ts'
import type { Database } from '#pipeline/sinks/postgres/database.ts'
import { postgresSink } from '#pipeline/sinks/postgres/postgres-sink.ts'
import { TYPED_TABLES } from '#pipeline/sinks/postgres/typed/typed-tables.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import {
  aCreateEvent,
  aDeleteEvent,
  aLabelEvent,
  anAccountEvent,
  anIdentityEvent,
  anUpdateEvent,
  aRev,
} from './stream-events.ts'

/** Empties every table of the sink; the schema stays. */
export async function emptyTables(database: Database): Promise<void> {
  const typed = TYPED_TABLES.map(({ table }) => table)
  await database.query(
    `TRUNCATE ${['record', 'actor', 'effect', 'position', 'repo_fence', 'label', ...typed].join(', ')}`,
  )
}

/** What every sink in a PostgreSQL must do, whichever PostgreSQL it is. */
export function sinkConformance(test: TestAPI<{ database: Database }>): void {
  const open = (database: Database): Promise<Sink> =>
    postgresSink(database, { stream: 's', group: 'g', lanes: 2, recordEffects: true })

  let ids = 0
  const commit = (sink: Sink, ...events: (StreamEvent | LabelEvent)[]) =>
    sink.commit({ entries: events.map((event) => ({ id: `${++ids}-0`, event })), position: null })

  const records = async (database: Database) =>
    (
      await database.query<Readonly<Record<string, unknown>>>(
        'SELECT rkey, rev, cid, deleted, json FROM record ORDER BY uri',
      )
    ).rows
  const applied = async (database: Database) =>
    (
      await database.query<{ action: string; applied: boolean }>('SELECT action, applied FROM effect')
    ).rows.map((row) => `${row.action}:${row.applied}`)

  test('a create, an update and a delete take effect in turn', async ({ database }) => {
    const sink = await open(database)
    expect(await commit(sink, aCreateEvent({ rev: aRev(3) }))).toEqual([true])
    expect(await commit(sink, anUpdateEvent({ rev: aRev(4), cid: 'new', record: { text: 'b' } }))).toEqual([
      true,
    ])
    expect(await records(database)).toMatchObject([
      { rev: aRev(4), cid: 'new', json: { text: 'b' }, deleted: false },
    ])
    expect(await commit(sink, aDeleteEvent({ rev: aRev(5) }))).toEqual([true])
    expect(await records(database)).toMatchObject([{ rev: aRev(5), cid: null, json: null, deleted: true }])
  })

  test('a replayed or older event changes nothing, whatever it is', async ({ database }) => {
    const sink = await open(database)
    const newest = anUpdateEvent({ rev: aRev(5), record: { text: 'newest' } })
    await commit(sink, newest)
    const before = await records(database)
    for (const rev of [aRev(5), aRev(4)]) {
      const stale = [aCreateEvent({ rev }), anUpdateEvent({ rev }), aDeleteEvent({ rev })]
      for (const event of stale) expect(await commit(sink, event)).toEqual([false])
    }
    expect(await records(database)).toEqual(before)
    expect(await commit(sink, aDeleteEvent({ rev: aRev(6) }))).toEqual([true])
  })

  test('a delete that comes before its create keeps the record deleted', async ({ database }) => {
    const sink = await open(database)
    expect(await commit(sink, aDeleteEvent({ rev: aRev(4) }))).toEqual([true])
    expect(await commit(sink, aCreateEvent({ rev: aRev(3) }))).toEqual([false])
    expect(await records(database)).toMatchObject([{ rev: aRev(4), deleted: true }])
    expect(await commit(sink, aCreateEvent({ rev: aRev(5) }))).toEqual([true])
  })

  test('several changes of one record in one batch end with the last, and each counts', async ({
    database,
  }) => {
    const sink = await open(database)
    const batch = [
      aCreateEvent({ rev: aRev(3) }),
      anUpdateEvent({ rev: aRev(4) }),
      aDeleteEvent({ rev: aRev(5) }),
      aCreateEvent({ rev: aRev(3) }),
    ]
    expect(await commit(sink, ...batch)).toEqual([true, true, true, false])
    expect(await records(database)).toMatchObject([{ rev: aRev(5), deleted: true }])
    expect(await applied(database)).toEqual(['create:true', 'update:true', 'delete:true', 'create:false'])
  })

  test('revs are compared as bytes, not by the rules of a language', async ({ database }) => {
    const sink = await open(database)
    await commit(sink, aCreateEvent({ rev: '3lzzzzzzzzzza' }))
    expect(await commit(sink, anUpdateEvent({ rev: '3lzzzzzzzzz7z' }))).toEqual([false])
    await commit(sink, anUpdateEvent({ rev: '3lzzzzzzzzzzb' }))
    expect(await records(database)).toMatchObject([{ rev: '3lzzzzzzzzzzb' }])
  })

  test('identity and account are each guarded by their own sequence', async ({ database }) => {
    const sink = await open(database)
    const batch = [
      anIdentityEvent({ seq: 5, handle: 'new.test' }),
      anAccountEvent({ seq: 4, active: false, status: 'suspended' }),
      anIdentityEvent({ seq: 3, handle: 'old.test' }),
      anAccountEvent({ seq: 4, active: true }),
    ]
    expect(await commit(sink, ...batch)).toEqual([true, true, false, false])
    expect(await commit(sink, ...batch)).toEqual([false, false, false, false])
    const { rows } = await database.query('SELECT handle, active, status FROM actor')
    expect(rows).toEqual([{ handle: 'new.test', active: false, status: 'suspended' }])
  })

  test('events of another relay count by their time, since its sequences say nothing here', async ({
    database,
  }) => {
    const sink = await open(database)
    const at = (second: number) => ({ time: `2026-01-02T03:04:0${second}.000Z` })
    const first = [
      anIdentityEvent({ ...at(1), seq: 9_000, handle: 'first.test' }),
      anAccountEvent({ ...at(1), seq: 9_001, active: true }),
    ]
    const second = [
      anIdentityEvent({ ...at(2), seq: 5, handle: 'second.test' }),
      anAccountEvent({ ...at(2), seq: 6, active: false, status: 'takendown' }),
    ]
    expect(await commit(sink, ...first)).toEqual([true, true])
    expect(await commit(sink, ...second)).toEqual([true, true])
    expect(await commit(sink, ...first)).toEqual([false, false])
    expect(await commit(sink, anAccountEvent({ ...at(3), seq: -1, active: true }))).toEqual([true])
    const { rows } = await database.query('SELECT handle, active, status FROM actor')
    expect(rows).toEqual([{ handle: 'second.test', active: true, status: null }])
  })

  test('of labels the latest counts, a negation is kept, and at one instant it is the later one', async ({
    database,
  }) => {
    const sink = await open(database)
    const at = (fraction: string) => ({ cts: `2026-01-01T00:00:00.${fraction}Z` })
    const last = async () =>
      (await database.query<{ neg: boolean; json: { cts: string } }>('SELECT neg, json FROM label')).rows.map(
        ({ neg, json }) => `${neg} ${json.cts}`,
      )
    expect(await commit(sink, aLabelEvent(at('1234')), aLabelEvent({ ...at('1235'), neg: true }))).toEqual([
      true,
      true,
    ])
    expect(await commit(sink, aLabelEvent(at('1235')), aLabelEvent(at('1234')))).toEqual([false, false])
    expect(await last()).toEqual(['true 2026-01-01T00:00:00.1235Z'])
    expect(await commit(sink, aLabelEvent({ cts: '2026-01-01T01:00:00.1236+01:00' }))).toEqual([true])
    expect(await last()).toEqual(['false 2026-01-01T01:00:00.1236+01:00'])
    expect(
      await commit(sink, aLabelEvent({ ...at('0'), val: 'a\u{20ac}' }), aLabelEvent({ uri: 'did:plc:b' })),
    ).toEqual([true, true])
    expect(await last()).toHaveLength(3)
  })

  test('an identity event without a handle keeps the one that is known', async ({ database }) => {
    const sink = await open(database)
    await commit(sink, anIdentityEvent({ seq: 1, handle: 'alice.test' }))
    const { handle: _, ...silent } = anIdentityEvent({ seq: 2 })
    expect(await commit(sink, silent)).toEqual([true])
    const { rows } = await database.query('SELECT handle FROM actor')
    expect(rows).toEqual([{ handle: 'alice.test' }])
  })

  test('text that PostgreSQL cannot hold refuses nothing and loses nothing', async ({ database }) => {
    const sink = await open(database)
    const record = { text: 'a\0b \ud83d' }
    const batch = [
      aCreateEvent({ rkey: 'odd', record }),
      aCreateEvent({ rkey: 'plain', record: { text: 'c' } }),
    ]
    expect(await commit(sink, ...batch)).toEqual([true, true])
    const { rows } = await database.query<{ json: unknown; verbatim: string | null }>(
      'SELECT json, verbatim FROM record ORDER BY rkey',
    )
    expect(rows).toEqual([
      { json: { text: 'a\u{fffd}b \u{fffd}' }, verbatim: JSON.stringify(record) },
      { json: { text: 'c' }, verbatim: null },
    ])
  })

  test('a batch with a row that PostgreSQL refuses changes nothing at all', async ({ database }) => {
    const sink = await open(database)
    const letters = Array.from({ length: 9_000 }, () =>
      String.fromCharCode(33 + Math.floor(Math.random() * 90)),
    )
    const refused = commit(sink, aCreateEvent({ rkey: 'good' }), aCreateEvent({ rkey: letters.join('') }))
    const error = await refused.then(
      () => null,
      (reason: unknown) => reason,
    )
    expect(error).not.toBeNull()
    expect(sink.isRefusal(error)).toBe(true)
    expect(await records(database)).toEqual([])
    expect(await applied(database)).toEqual([])
  })

  test('the position is stored with the batch, goes forward only, and alone when there is nothing else', async ({
    database,
  }) => {
    const sink = await open(database)
    expect(await sink.position()).toBeNull()
    await sink.commit({ entries: [{ id: '10-0', event: aCreateEvent() }], position: '9-5' })
    expect(await sink.position()).toBe('9-5')
    await sink.commit({ entries: [], position: '10-0' })
    expect(await sink.position()).toBe('10-0')
    await sink.commit({ entries: [], position: '9-18446744073709551615' })
    expect(await sink.position()).toBe('10-0')
  })

  test('the schema is brought up to date once', async ({ database }) => {
    await Promise.all([open(database), open(database)])
    const { rows } = await database.query('SELECT id FROM standpipe_migration ORDER BY id')
    expect(rows).toEqual([
      { id: '0001-record' },
      { id: '0002-actor' },
      { id: '0003-effect' },
      { id: '0004-position' },
      { id: '0005-repo-fence' },
      { id: '0006-typed' },
      { id: '0007-label' },
      { id: '0008-actor-times' },
    ])
  })
}
