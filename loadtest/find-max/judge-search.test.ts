import { describe, expect, test } from 'vitest'
import type { LoadRun } from '#loadtest/engine/load-run.ts'
import { aLedger } from '#test/support/drill.ts'
import { aLoadRun } from '#test/support/load-run.ts'
import { judgeSearch } from './judge-search.ts'
import { toTrial } from './trial.ts'
import { whyLimited } from './why-limited.ts'

const [self] = aLoadRun().selves
const late = { ...aLoadRun(), selves: self ? [{ ...self, late: 50 }] : [] }
const losing: LoadRun = {
  ...aLoadRun(),
  flows: [
    {
      flow: 'live',
      group: 'indexer',
      books: { ledger: aLedger({ lost: 1, committed: 99, delivered: 99 }), poisoned: 0 },
      samples: [],
    },
  ],
}

describe(toTrial, () => {
  test('a run of which everything passes held', () => {
    expect(toTrial(1_000, aLoadRun())).toMatchObject({ held: true })
  })

  test.each<[string, LoadRun]>([
    ['did not drain', { ...aLoadRun(), drainMs: null }],
    ['caught up only seconds after the last append', { ...aLoadRun(), drainMs: 2_000 }],
    ['had a late generator', late],
    ['lost an entry', losing],
  ])('a run that %s did not', (_, run) => {
    expect(toTrial(1_000, run)).toMatchObject({ held: false, because: expect.stringMatching(/./) })
  })
})

test.each<[string, Partial<LoadRun>, string | null]>([
  ['a late generator explains everything', { selves: late.selves, redisCpuShare: 1 }, 'the generator'],
  ['a Redis at its end', { redisCpuShare: 0.9 }, 'CPU of Redis'],
  ['all cores busy', { machineCpuShare: 0.97 }, 'CPU of this machine'],
  ['busy consumers', { consumerSelves: self ? [{ ...self, cpuShare: 0.95 }] : [] }, 'CPU of the consumers'],
  ['nothing at its end', {}, null],
])('%s', (_, changes, resource) => {
  expect(whyLimited({ ...aLoadRun(), ...changes })).toBe(resource)
})

describe(judgeSearch, () => {
  const slow = { ...aLoadRun(), drainMs: 5_000, redisCpuShare: 0.95 }

  test('names the highest rate that held, and what ran out beyond it', () => {
    const section = judgeSearch([toTrial(1_000, aLoadRun()), toTrial(2_000, slow)], 1e6, null)
    expect(section.verdict).toBe('pass')
    expect(section.answer).toMatch(/^1,000 events\/s held; at 2,000 events\/s the lag grew.*CPU of Redis$/)
  })

  test.each<[string, Parameters<typeof judgeSearch>, string]>([
    ['no rate held', [[toTrial(1_000, slow)], 1e6, null], 'fail'],
    [
      'the generator was at its end',
      [[toTrial(1_000, aLoadRun()), toTrial(2_000, late)], 1e6, null],
      'unknown',
    ],
    ['it was interrupted', [[toTrial(1_000, aLoadRun())], 1e6, 'interrupted by SIGINT'], 'unknown'],
    ['nothing was tried', [[], 1e6, null], 'fail'],
    [
      'a rate that was too high lost an entry',
      [[toTrial(1_000, aLoadRun()), toTrial(2_000, losing)], 1e6, null],
      'fail',
    ],
  ])('is no pass when %s', (_, search, verdict) => {
    expect(judgeSearch(...search).verdict).toBe(verdict)
  })
})
