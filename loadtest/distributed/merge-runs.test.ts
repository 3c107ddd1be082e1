import { expect, test } from 'vitest'
import { createLatencies } from '#loadtest/latency/latencies.ts'
import type { Ledger } from '#loadtest/ledger/ledger.ts'
import { defineScenario } from '#loadtest/scenario.ts'
import { aLedger } from '#test/support/drill.ts'
import { aLoadRun } from '#test/support/load-run.ts'
import { judgeWorkers } from './judge-workers.ts'
import { mergeRuns } from './merge-runs.ts'
import { toMergedReport } from './to-merged-report.ts'
import { encodeRun, WORKER_SCHEMA, type WorkerResult } from './worker-result.ts'
import { parseWorkerShare, shareOf } from './worker-share.ts'

const scenario = defineScenario({
  id: 'fair',
  title: 'Fair weather',
  asks: 'Is it?',
  flows: [{ name: 'live', phases: [{ name: 'load', lasts: 1, arrivals: { shape: 'constant', rate: 200 } }] }],
  groups: [{ name: 'indexer' }],
})

function latenciesOf(...waits: number[]) {
  const latencies = createLatencies()
  for (const wait of waits) latencies.record(wait)
  return latencies
}

function aResult(index: number, waits: number[] = [1], ledger: Partial<Ledger> = {}): WorkerResult {
  const latencies = latenciesOf(...waits)
  const fair = aLoadRun()
  const run = aLoadRun({
    scenario,
    consumers: fair.consumers.map((consumer) => ({ ...consumer, redelivered: 1 })),
    latencies: [
      {
        flow: 'live',
        published: latencies,
        acknowledged: latencies,
        delivered: latencies,
        committed: new Map([['indexer', latencies]]),
        claimed: createLatencies(),
      },
    ],
    flows: fair.flows.map((flow) => ({ ...flow, books: { ledger: aLedger(ledger), poisoned: 0 } })),
  })
  return {
    schema: WORKER_SCHEMA,
    worker: { index, of: 2 },
    scenario,
    seed: 1,
    host: `host-${index}`,
    redis: 'Redis',
    startedAt: '2026-08-03T12:00:00.000Z',
    finishedAt: '2026-08-03T12:00:02.000Z',
    run: JSON.parse(JSON.stringify(encodeRun(run))) as WorkerResult['run'],
  }
}

const verdicts = (results: readonly WorkerResult[]) => judgeWorkers(results).map(({ verdict }) => verdict)

test('percentiles of all are those of one recorder, not the mean of percentiles', () => {
  const [few, many] = [Array.from({ length: 10 }, () => 900), Array.from({ length: 990 }, () => 1)]
  const { latencies, planned, consumers } = mergeRuns([aResult(1, few), aResult(2, many)])
  expect(latencies[0]?.delivered.count).toBe(1_000)
  expect(latencies[0]?.delivered.at(90)).toBeCloseTo(1, 1)
  expect(latencies[0]?.committed.get('indexer')?.maxMs).toBeGreaterThan(890)
  expect([planned, consumers[0]?.redelivered]).toEqual([[200], 2])
})

test('both workers without a loss pass, and a loss of one is a loss of all', () => {
  expect(toMergedReport([aResult(1), aResult(2)]).verdict).toBe('pass')
  expect(toMergedReport([aResult(1), aResult(2, [1], { lost: 1, committed: 99 })]).verdict).toBe('fail')
})

test.each([
  { what: 'a worker is missing', results: [aResult(1)] },
  { what: 'a worker is there twice', results: [aResult(1), aResult(1), aResult(2)] },
  { what: 'one ran another seed', results: [aResult(1), { ...aResult(2), seed: 9 }] },
  {
    what: 'one ran an hour later',
    results: [aResult(1), { ...aResult(2), startedAt: '2026-08-03T13:00:00.000Z' }],
  },
])('where $what, nothing is proven', ({ results }) => {
  expect(verdicts([aResult(1), aResult(2)])).toEqual(['pass', 'pass', 'pass'])
  expect(verdicts(results)).toContain('unknown')
  expect(toMergedReport(results).verdict).toBe('unknown')
})

test('the shares of all workers are the whole weather', () => {
  const [flow] = shareOf(scenario, parseWorkerShare('1/4')).flows
  expect(flow?.phases[0]?.arrivals).toEqual({ shape: 'constant', rate: 50 })
})

test.each(['0/2', '3/2', '2', 'a/b', '1/9999999'])('"%s" is no share', (text) => {
  expect(() => parseWorkerShare(text)).toThrow('expected INDEX/OF')
})
