import { expect, test } from 'vitest'
import { toPlots } from '#loadtest/flow/to-plots.ts'
import { aDrill, aDrillLog, aSample } from '#test/support/drill.ts'
import { findDrill } from './find-drill.ts'
import { toSection } from './to-section.ts'

const verdicts = (section: ReturnType<typeof toSection>) =>
  Object.fromEntries(section.statements.map(({ subject, verdict }) => [subject, verdict]))

test('a drill becomes a statement per thing that could have gone wrong, and the whole ledger', () => {
  const section = toSection(aDrill(), aDrillLog())
  expect(section).toMatchObject({ verdict: 'pass', answer: 'recovered in 2.0 s with nothing lost' })
  expect(verdicts(section)).toEqual({
    'steady before': 'pass',
    pinch: 'pass',
    recovery: 'pass',
    'every event': 'pass',
    'every record': 'pass',
    alerts: 'pass',
  })
  const numbers = Object.fromEntries(section.measurements.map(({ name, value }) => [name, value]))
  expect(numbers).toMatchObject({ recovery: 2_000, 'time to Ouch': 900, attempted: 100, lost: 0 })
})

test('what nobody could see is unknown in its own line', () => {
  const missing = { missing: 'no database' }
  const log = aDrillLog({ ledger: missing, state: missing, alerts: missing, recoveredInMs: null })
  expect(verdicts(toSection(aDrill(), log))).toMatchObject({
    recovery: 'fail',
    'every event': 'unknown',
    'every record': 'unknown',
    alerts: 'unknown',
  })
})

test('while Redis is down the curves have a gap, and no rate bridges it', () => {
  const [appended] = toPlots([
    aSample({ at: 0, entriesAdded: 0 }),
    aSample({ at: 1, entriesAdded: 100 }),
    aSample({ at: 2, redisUp: false, entriesAdded: null, lag: null }),
    aSample({ at: 3, entriesAdded: 300 }),
    aSample({ at: 4, entriesAdded: 500 }),
  ])
  expect(appended?.series[0]?.points).toEqual([
    [1, 100],
    [2, null],
    [3, null],
    [4, 200],
  ])
})

test('a drill that does not exist is refused with the names of those that do', () => {
  expect(() => findDrill([aDrill()], 'punched')).toThrow('no drill "punched"; there are pinched')
})
