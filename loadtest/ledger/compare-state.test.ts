import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anAttempt } from '#loadtest/ledger/an-attempt.ts'
import { journalOf } from '#loadtest/ledger/journal-of.ts'
import { rowOf, someAttempts } from '#test/support/ledger.ts'
import { compareState } from './compare-state.ts'
import { judgeState } from './judge-state.ts'
import type { RecordRow } from './record-row.ts'

const attempts = someAttempts(30)
const journal = journalOf(attempts)
const rows = attempts.map(rowOf)
const place = fc.nat(attempts.length - 1)

test('a sink that holds every record at its last revision passes', async () => {
  const state = await compareState(journal, [rows])
  expect(state).toMatchObject({ compared: 30, equal: 30 })
  expect(judgeState(state)).toEqual({
    verdict: 'pass',
    because: 'all 30 records are as the last event left them',
  })
})

test('dropping any one record is reported as absent, by name', async () => {
  await fc.assert(
    fc.asyncProperty(place, async (dropped) => {
      const state = await compareState(journal, [rows.toSpliced(dropped, 1)])
      expect(state).toMatchObject({ absent: 1, equal: 29 })
      expect(state.examples[0]).toContain(`record${dropped + 1} `)
      expect(judgeState(state).verdict).toBe('fail')
    }),
  )
})

test('a record with another cid, or at another revision, is stale', async () => {
  await fc.assert(
    fc.asyncProperty(
      place,
      fc.constantFrom({ cid: 'bafyx' }, { rev: '3x' }, { cid: null }),
      async (at, over) => {
        const state = await compareState(journal, [rows.with(at, { ...(rows[at] as RecordRow), ...over })])
        expect(state).toMatchObject({ stale: 1 })
        expect(judgeState(state).verdict).toBe('fail')
      },
    ),
  )
})

test('the last attempt counts, however often a record changed', async () => {
  const created = anAttempt(1)
  const updated = anAttempt(11, { rkey: 'record1', action: 'update' })
  const both = journalOf([created, updated])
  expect(await compareState(both, [[rowOf(updated)]])).toMatchObject({ compared: 1, equal: 1 })
  expect(await compareState(both, [[rowOf(created)]])).toMatchObject({ compared: 1, stale: 1 })
})

test('a deleted record is right when it is gone or a tombstone, and undead when it is there', async () => {
  const created = anAttempt(1)
  const { cid: _cid, ...deleted } = anAttempt(11, { rkey: 'record1', action: 'delete' })
  const both = journalOf([created, deleted])
  expect(await compareState(both, [])).toMatchObject({ equal: 1 })
  expect(await compareState(both, [[rowOf(deleted)]])).toMatchObject({ equal: 1 })
  const undead = await compareState(both, [[rowOf(created)]])
  expect(undead).toMatchObject({ undead: 1 })
  expect(judgeState(undead).verdict).toBe('fail')
})

test('a record that nobody attempted is unexpected', async () => {
  const state = await compareState(journal, [[...rows, rowOf(anAttempt(99))]])
  expect(state.unexpected).toBe(1)
  expect(judgeState(state).verdict).toBe('fail')
})

test('comparing no record is unknown', async () => {
  expect(judgeState(await compareState(journalOf([]), [])).verdict).toBe('unknown')
})
