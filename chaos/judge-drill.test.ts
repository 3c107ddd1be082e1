import { expect, test } from 'vitest'
import { aDrill, aDrillLog, aLedger } from '#test/support/drill.ts'
import type { DrillLog } from './drill-log.ts'
import { judgeDrill } from './judge-drill.ts'

const judged = (over: Partial<DrillLog>, drill = aDrill()) => judgeDrill(drill, aDrillLog(over))
const state = aDrillLog().state

test('a drill in which everything went as hoped passes', () => {
  expect(judged({})).toEqual({ verdict: 'pass', because: 'recovered in 2.0 s with nothing lost' })
})

test.each<[string, Partial<DrillLog>, string, RegExp]>([
  ['a loss', { ledger: aLedger({ lost: 3 }) }, 'fail', /^3 events lost/],
  ['a duplicate effect', { ledger: aLedger({ duplicateEffects: 1 }) }, 'fail', /^1 duplicate effects/],
  ['a fault that stays', { notLifted: ['pinch: stuck'] }, 'fail', /could not be undone: pinch: stuck/],
  ['a restless start', { steadyBefore: { verdict: 'unknown', because: 'x' } }, 'unknown', /not steady .*x/],
  [
    'a fault that bit nothing',
    { proofs: [{ fault: 'pinch', bit: false, detail: 'missed' }] },
    'unknown',
    /missed/,
  ],
  ['a fault without proof', { proofs: [] }, 'unknown', /no proof of pinch/],
  ['a late recovery', { recoveredInMs: 10_001 }, 'fail', /recovered in 10.0 s, allowed 10.0 s/],
  ['no recovery', { recoveredInMs: null }, 'fail', /never recovered/],
  ['a wrong final state', { state: { ...state, stale: 2 } as DrillLog['state'] }, 'fail', /2 records stale/],
  ['no ledger', { ledger: { missing: 'no database' } }, 'unknown', /no ledger: no database/],
  ['a ledger of nothing', { ledger: aLedger({ attempted: 0 }) }, 'unknown', /nothing was attempted/],
  ['a state that nobody compared', { state: { missing: 'why' } }, 'unknown', /not compared: why/],
  [
    'dead letters',
    { ledger: aLedger({ deadLettered: 1, committed: 99 }) },
    'warn',
    /1 events in the dead-letter/,
  ],
  ['an alert that never fired', { alerts: { fired: [] } }, 'warn', /recovered in 2.0 s .* never paged: Ouch/],
  [
    'nobody to ask about alerts',
    { alerts: { missing: 'no prometheus' } },
    'unknown',
    /nobody could say .* no prometheus/,
  ],
])('%s is judged', (_, over, verdict, because) => {
  expect(judged(over)).toEqual({ verdict, because: expect.stringMatching(because) })
})

test('what is lost is lost, however badly the drill itself went', () => {
  const over = {
    steadyBefore: { verdict: 'unknown', because: 'x' },
    proofs: [],
    ledger: aLedger({ lost: 1 }),
  } as const
  expect(judged(over).verdict).toBe('fail')
})

test('a drill that expects no alert needs nobody to watch', () => {
  const drill = aDrill({ expectAlerts: [] })
  expect(judged({ alerts: { missing: 'no prometheus' } }, drill).verdict).toBe('pass')
})

test('a drill without a fault proves nothing', () => {
  expect(judged({ proofs: [] }, aDrill({ faults: [] }))).toEqual({
    verdict: 'unknown',
    because: 'no fault is declared',
  })
})
