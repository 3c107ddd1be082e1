import { describe, expect } from 'vitest'
import { postgresSink } from '#pipeline/sinks/postgres/postgres-sink.ts'
import { missingPostgres, test } from '#test/support/postgres.ts'
import { sinkConformance } from '#test/support/sink-conformance.ts'
import { snapshotConformance } from '#test/support/snapshot-conformance.ts'
import {
  aCreateEvent,
  anIdentityEvent,
  anUpdateEvent,
  aRepoEvent,
  aRev,
} from '#test/support/stream-events.ts'
import { typedConformance } from '#test/support/typed-conformance.ts'

const missing = missingPostgres()

describe.skipIf(missing !== null)(missing ?? 'a sink in a PostgreSQL server', () => {
  sinkConformance(test)
  snapshotConformance(test)
  typedConformance(test)

  test('consumers that commit the same changes at one moment apply each of them once', async ({
    database,
  }) => {
    const options = { stream: 's', group: 'g', lanes: 2, recordEffects: true }
    const sinks = await Promise.all([1, 2, 3].map(() => postgresSink(database, options)))
    for (let round = 1; round <= 20; round += 1) {
      const entries = Array.from({ length: 50 }, (_, number) => number).flatMap((number) => {
        const of = {
          rkey: `r${round % 4}-${number}`,
          seq: round * 1_000 + number,
          did: `did:plc:user${number}`,
        }
        return [
          { id: `${round}-${number}`, event: aCreateEvent({ ...of, rev: aRev(2 * round) }) },
          { id: `${round}-${number}`, event: anUpdateEvent({ ...of, rev: aRev(2 * round + 1) }) },
          { id: `${round}-${number}`, event: anIdentityEvent(of) },
        ]
      })
      const applied = await Promise.all(sinks.map((sink) => sink.commit({ entries, position: null })))
      const times = entries.map((_, index) => applied.filter((one) => one[index]).length)
      expect(new Set(times)).toEqual(new Set([1]))
    }
    const { rows } = await database.query<{ count: string }>(
      'SELECT count(*) FROM effect WHERE applied GROUP BY did, rev, rkey, action, seq HAVING count(*) > 1',
    )
    expect(rows).toEqual([])
  })

  test('closing a snapshot and changing an old record at one moment leave no old record', async ({
    database,
  }) => {
    const options = { stream: 's', group: 'g', lanes: 2, recordEffects: false }
    const sinks = await Promise.all([1, 2].map(() => postgresSink(database, options)))
    for (let round = 1; round <= 40; round += 1) {
      const did = `did:plc:round${round}`
      const old = Array.from({ length: 20 }, (_, number) => ({
        id: `${round}-${number}`,
        event: aCreateEvent({ did, rkey: `r${number}`, rev: aRev(1) }),
      }))
      const closing = { id: `${round}-99`, event: aRepoEvent({ did, rev: aRev(5) }) }
      await Promise.all([
        sinks[0]?.commit({ entries: old, position: null }),
        sinks[1]?.commit({ entries: [closing], position: null }),
      ])
    }
    const { rows } = await database.query('SELECT uri FROM record WHERE NOT deleted')
    expect(rows).toEqual([])
  })
})
