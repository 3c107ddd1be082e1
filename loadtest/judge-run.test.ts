import { describe, expect, test } from 'vitest'
import type { Measurement } from '#kernel/report/report.ts'
import { worst } from '#kernel/verdict/verdict.ts'
import { aLedger } from '#test/support/drill.ts'
import { aLoadRun } from '#test/support/load-run.ts'
import type { LoadRun } from './engine/load-run.ts'
import { judgeRun } from './judge-run.ts'
import type { Ledger } from './ledger/ledger.ts'

const { scenario, producers } = aLoadRun()

/** The run with another ledger, of so many poisoned entries. */
function aRun(changes: Partial<LoadRun> = {}, ledger: Partial<Ledger> = {}, poisoned = 0): LoadRun {
  const books = { ledger: aLedger(ledger), poisoned }
  return aLoadRun({ flows: [{ flow: 'live', group: 'indexer', books, samples: [] }], ...changes })
}

const p99 = (value: number | null): Measurement[] => [
  { name: 'committed p99', unit: 'ms', value, samples: 100, method: '' },
]
const verdictOf = (run: LoadRun, value: number | null = 20) =>
  worst(judgeRun(run, p99(value)).map(({ verdict }) => verdict))
const saysOf = (run: LoadRun, about: string, value: number | null = 20) =>
  judgeRun(run, p99(value)).find(({ subject }) => subject === about)

test('a run in which everything came in time, once, passes', () => {
  expect(verdictOf(aRun())).toBe('pass')
})

describe('a run is no pass', () => {
  const late = [{ name: 'producer', delayP99Ms: 1, delayMaxMs: 90, cpuShare: 1, arrivals: 100, late: 2 }]

  test.each<[string, LoadRun, string]>([
    ['when an entry is lost', aRun({}, { committed: 99, delivered: 99, lost: 1 }), 'fail'],
    ['when an effect came twice', aRun({}, { duplicateEffects: 1 }), 'fail'],
    ['when something came that nobody sent', aRun({}, { unexpected: 1 }), 'fail'],
    ['when the generator was late', aRun({ selves: late }), 'unknown'],
    ['when nobody watched the generator', aRun({ selves: [] }), 'unknown'],
    ['when it sent less than planned', aRun({ planned: [101] }), 'unknown'],
    ['when it planned nothing', aRun({ planned: [0], producers: [] }), 'unknown'],
    ['when it did not drain', aRun({ drainMs: null }), 'fail'],
    ['when Redis fell silent', aRun({ drainMs: null, silentForMs: 16_000 }), 'fail'],
    ['when it was ended early', aRun({ drainMs: null, interrupted: 'interrupted' }), 'unknown'],
    ['when entries are still waiting', aRun({}, { committed: 99, delivered: 99, waiting: 1 }), 'unknown'],
    [
      'when a batch was sent twice',
      aRun({ producers: producers.map((one) => ({ ...one, refusals: { OOM: 1 } })) }),
      'warn',
    ],
    [
      'when Redis does not say what it holds',
      aRun({ flows: [{ flow: 'live', group: 'indexer', books: { missing: 'gone' }, samples: [] }] }),
      'unknown',
    ],
  ])('%s', (_, run, verdict) => {
    expect(verdictOf(run)).toBe(verdict)
  })

  test('a lost entry fails although the generator was late as well', () => {
    expect(verdictOf(aRun({ selves: late }, { committed: 99, delivered: 99, lost: 1 }))).toBe('fail')
  })
})

describe('a threshold', () => {
  test.each([
    [50, 'pass'],
    [51, 'fail'],
    [null, 'unknown'],
  ] as const)('at most 50 is held against %s', (value, verdict) => {
    expect(saysOf(aRun(), 'committed p99', value)?.verdict).toBe(verdict)
  })

  test('about a measurement that is not there is unknown', () => {
    expect(judgeRun(aRun(), []).at(-1)?.verdict).toBe('unknown')
  })

  test('counts every wait for Redis, ended or not, so what never came does not spoil it', () => {
    const slow = { ...scenario, thresholds: [{ measure: 'acknowledged p99', atMost: 50 }] }
    const run = aRun({ scenario: slow }, { committed: 60, delivered: 60, indeterminate: 40 })
    const waited = [{ name: 'acknowledged p99', unit: 'ms' as const, value: 9_000, samples: 100, method: '' }]
    expect(judgeRun(run, waited).at(-1)?.verdict).toBe('fail')
  })

  test('is not met by a run in which events never came', () => {
    const run = aRun({}, { committed: 60, delivered: 60, indeterminate: 40 })
    expect(saysOf(run, 'committed p99')).toMatchObject({
      verdict: 'unknown',
      says: expect.stringContaining('40 events never came'),
    })
  })
})

describe('poison', () => {
  test('belongs into the dead letters, every entry of it', () => {
    expect(verdictOf(aRun({}, { committed: 97, deadLettered: 3 }, 3))).toBe('pass')
  })

  test.each([
    [{ committed: 98, deadLettered: 2 }, 3],
    [{ committed: 97, deadLettered: 3 }, 0],
  ])('%o, with %d sent, fails', (ledger, poisoned) => {
    expect(verdictOf(aRun({}, ledger, poisoned))).toBe('fail')
  })
})

test('a consumer that was to die, and whose entries nobody claimed, proves nothing', () => {
  const doomed = { ...scenario, groups: scenario.groups.map((group) => ({ ...group, abandoned: 5 })) }
  const about = 'entries of a dead consumer of indexer'
  expect(saysOf(aRun({ scenario: doomed }), about)?.verdict).toBe('unknown')
  const consumers = aRun().consumers.map((consumer) => ({ ...consumer, reclaimed: 5 }))
  expect(saysOf(aRun({ scenario: doomed, consumers }), about)?.verdict).toBe('pass')
  expect(saysOf(aRun(), about)).toBeUndefined()
})

test('a closed loop says so instead of claiming that it was never late', () => {
  const closed = { ...scenario, flows: scenario.flows.map((flow) => ({ ...flow, model: 'closed' as const })) }
  expect(saysOf(aRun({ scenario: closed }), 'the generator itself')).toMatchObject({
    verdict: 'not-applicable',
    says: expect.stringContaining('service times'),
  })
})
