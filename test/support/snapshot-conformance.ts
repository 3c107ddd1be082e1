import fc from 'fast-check'
import { expect, type TestAPI } from 'vitest'
import type { StreamEvent } from '#pipeline/contract.ts'
import type { Database } from '#pipeline/sinks/postgres/database.ts'
import { postgresSink } from '#pipeline/sinks/postgres/postgres-sink.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import { aCreateEvent, aDeleteEvent, anUpdateEvent, aRepoEvent, aRev } from './stream-events.ts'

/** What a repo holds: CIDs by record key. */
type State = ReadonlyMap<string, string>

/** The life of one repo: what each commit said, and what the repo held after it. */
interface Life {
  readonly events: readonly StreamEvent[]
  /** Index 0 is the empty repo; index n is the state after commit n, whose rev is n. */
  readonly states: readonly State[]
}

/** Turns touches of records into commits: one that is absent is created, one that is there updated or deleted. */
function live(touches: readonly { readonly key: number; readonly remove: boolean }[]): Life {
  const states: State[] = [new Map()]
  const events = touches.map(({ key, remove }, index) => {
    const [rkey, rev, cid] = [`key${key}`, aRev(index + 1), `cid${index + 1}`]
    const state = new Map(states.at(-1))
    states.push(state)
    const known = state.has(rkey)
    if (known && remove) {
      state.delete(rkey)
      return aDeleteEvent({ rkey, rev, seq: index })
    }
    state.set(rkey, cid)
    return known
      ? anUpdateEvent({ rkey, rev, cid, seq: index })
      : aCreateEvent({ rkey, rev, cid, seq: index })
  })
  return { events, states }
}

function snapshotAt({ states }: Life, head: number): StreamEvent[] {
  const rev = aRev(head)
  const records = [...(states[head] ?? [])].map(([rkey, cid]) => aCreateEvent({ rkey, rev, cid, seq: -1 }))
  return [...records, aRepoEvent({ rev, records: records.length })]
}

const anyLife = fc
  .array(fc.record({ key: fc.nat(3), remove: fc.boolean() }), { minLength: 1, maxLength: 12 })
  .map(live)

/**
 * A life, a snapshot somewhere in it, every live event behind some point before the snapshot, and some of the
 * older ones: all of them shuffled, some of them twice, cut into batches.
 */
const anyDelivery = anyLife.chain((life) =>
  fc.integer({ min: 0, max: life.events.length }).chain((head) =>
    fc
      .record({
        from: fc.integer({ min: 0, max: head }),
        older: fc.subarray([...life.events]),
        again: fc.subarray([...life.events, ...snapshotAt(life, head)]),
        size: fc.integer({ min: 1, max: 6 }),
      })
      .chain(({ from, older, again, size }) => {
        const repeated = again.filter((event) => event.seq < 0 || event.seq >= from)
        const needed = [...life.events.slice(from), ...snapshotAt(life, head)]
        const old = older.filter(({ seq }) => seq < from)
        const all = [...needed, ...old, ...repeated]
        return fc.shuffledSubarray(all, { minLength: all.length }).map((events) => ({ life, events, size }))
      }),
  ),
)

/** What every sink must make of a snapshot that comes among live events. */
export function snapshotConformance(test: TestAPI<{ database: Database }>): void {
  let repos = 0
  const open = (database: Database): Promise<Sink> =>
    postgresSink(database, { stream: 's', group: 'g', lanes: 2, recordEffects: false })

  const commit = (sink: Sink, ...events: StreamEvent[]) =>
    sink.commit({ entries: events.map((event, index) => ({ id: `1-${index}`, event })), position: null })

  const alive = async (database: Database, did = '%') => {
    const { rows } = await database.query<{ rkey: string; cid: string }>(
      'SELECT rkey, cid FROM record WHERE NOT deleted AND did LIKE $1 ORDER BY rkey',
      [did],
    )
    return Object.fromEntries(rows.map(({ rkey, cid }) => [rkey, cid]))
  }

  test('any interleaving of live events and a snapshot ends in the state of the repo', async ({
    database,
  }) => {
    const sink = await open(database)
    await fc.assert(
      fc.asyncProperty(anyDelivery, async ({ life, events, size }) => {
        const did = `did:plc:repo${(repos += 1)}`
        const ofRepo = events.map((event) => ({ ...event, did }))
        for (let at = 0; at < events.length; at += size) await commit(sink, ...ofRepo.slice(at, at + size))
        expect(await alive(database, did)).toEqual(Object.fromEntries(life.states.at(-1) ?? []))
      }),
      { numRuns: 150 },
    )
  })

  test('control: without its closing event, a snapshot leaves what it did not contain', async ({
    database,
  }) => {
    const sink = await open(database)
    await commit(sink, aCreateEvent({ rkey: 'gone', rev: aRev(1), cid: 'old' }))
    await commit(sink, aCreateEvent({ rkey: 'kept', rev: aRev(5), cid: 'new', seq: -1 }))
    expect(await alive(database)).toEqual({ gone: 'old', kept: 'new' })
    await commit(sink, aRepoEvent({ rev: aRev(5) }))
    expect(await alive(database)).toEqual({ kept: 'new' })
  })

  test('a snapshot outdates only the collections that it covered, and only its own repo', async ({
    database,
  }) => {
    const sink = await open(database)
    const names = [
      'app.bsky.feed.post',
      'app.bskyx.feed.post',
      'chat.bsky.actor.declaration',
      'com.example_x.a',
    ]
    await commit(
      sink,
      ...names.map((collection) => aCreateEvent({ collection, rkey: collection, rev: aRev(1), cid: 'c' })),
      aCreateEvent({ did: 'did:plc:alicex', rkey: 'neighbour', rev: aRev(1), cid: 'c' }),
    )
    await commit(sink, aRepoEvent({ rev: aRev(5), collections: ['app.bsky.*', 'com.exampleyx.a'] }))
    expect(Object.keys(await alive(database))).toEqual([
      'app.bskyx.feed.post',
      'chat.bsky.actor.declaration',
      'com.example_x.a',
      'neighbour',
    ])
  })

  test('a snapshot that does not say what it covered outdates nothing', async ({ database }) => {
    const sink = await open(database)
    await commit(sink, aCreateEvent({ rkey: 'old', rev: aRev(1), cid: 'c' }))
    const { collections: _, ...silent } = aRepoEvent({ rev: aRev(5) })
    expect(await commit(sink, silent)).toEqual([true])
    expect(await alive(database)).toEqual({ old: 'c' })
  })

  test('an older snapshot that comes late changes nothing', async ({ database }) => {
    const sink = await open(database)
    await commit(
      sink,
      aCreateEvent({ rkey: 'kept', rev: aRev(9), cid: 'new', seq: -1 }),
      aRepoEvent({ rev: aRev(9) }),
    )
    const late = [
      aCreateEvent({ rkey: 'dropped', rev: aRev(4), cid: 'old', seq: -1 }),
      aRepoEvent({ rev: aRev(4) }),
    ]
    expect(await commit(sink, ...late)).toEqual([false, false])
    expect(await alive(database)).toEqual({ kept: 'new' })
  })
}
