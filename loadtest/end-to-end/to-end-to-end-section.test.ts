import { expect, test } from 'vitest'
import type { Ledger } from '#loadtest/ledger/ledger.ts'
import { aDrillLog } from '#test/support/drill.ts'
import type { EndToEndRun } from './end-to-end-run.ts'
import { toEndToEndSection } from './to-end-to-end-section.ts'

function aRun(changes: Partial<EndToEndRun> = {}, ledgerChanges: Partial<Ledger> = {}): EndToEndRun {
  const { ledger, state, samples } = aDrillLog()
  if ('missing' in ledger || 'missing' in state) throw new Error('the builder built no books')
  return {
    asked: ledger.attempted,
    rate: 1_000,
    drainedInMs: 2_000,
    interrupted: null,
    ledger: { ...ledger, ...ledgerChanges },
    state,
    latencies: {
      byPercentile: [
        [50, 12],
        [99, 40],
        [99.9, 60],
      ],
      samples: 100,
    },
    samples,
    maxmemoryBytes: 1e9,
    database: 'PGlite, embedded',
    ...changes,
  }
}

const read = (run: EndToEndRun) => toEndToEndSection('Does every event arrive, once?', run)
const p99 = (run: EndToEndRun) => read(run).measurements.find(({ name }) => name === 'latency p99')?.value

test('a run in which every event is committed once passes and tells its latencies', () => {
  expect(read(aRun()).verdict).toBe('pass')
  expect(p99(aRun())).toBe(40)
})

test.each([
  [{ lost: 1 }, 'fail'],
  [{ duplicateEffects: 1 }, 'fail'],
  [{ indeterminate: 1 }, 'unknown'],
  [{ attempted: 0 }, 'unknown'],
] as const)('a ledger with %o is %s', (changes, verdict) => {
  expect(read(aRun({}, changes)).verdict).toBe(verdict)
})

test('a run that never drained fails, whatever the ledger says', () => {
  expect(read(aRun({ drainedInMs: null })).verdict).toBe('fail')
})

test('a run that was ended early is unknown, and a loss in it a failure still', () => {
  const early = { drainedInMs: null, interrupted: 'interrupted by SIGINT' }
  expect(read(aRun(early)).verdict).toBe('unknown')
  expect(read(aRun(early, { lost: 1 })).verdict).toBe('fail')
})

test('fewer events than asked for prove less than was claimed', () => {
  expect(read(aRun({ asked: 1_000_000 })).verdict).toBe('unknown')
})

test('latencies of a late relay are not told, nor those of one that does not say', () => {
  const { journal } = aRun().ledger
  for (const late of [50, null]) {
    const run = aRun({}, { journal: { ...journal, late } })
    expect(p99(run)).toBeNull()
    expect(read(run).verdict).toBe('warn')
  }
})
