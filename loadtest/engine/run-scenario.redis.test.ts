import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { describe, expect } from 'vitest'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { test } from '#test/support/redis.ts'
import { defineScenario, type Scenario } from '../scenario.ts'
import { toLoadSection } from '../to-load-section.ts'
import type { LoadRun } from './load-run.ts'
import { runScenario } from './run-scenario.ts'

const aScenario = (lasts: number): Scenario =>
  defineScenario({
    id: 'tiny',
    title: 'A moment',
    asks: 'Does it arrive?',
    flows: [
      {
        name: 'live',
        phases: [
          { name: 'warm-up', lasts: 0.1, arrivals: { shape: 'constant', rate: 1_000 }, warmUp: true },
          { name: 'load', lasts, arrivals: { shape: 'constant', rate: 1_000 }, spread: 'poisson' },
        ],
        entries: { poison: 0.05 },
      },
    ],
    groups: [
      { name: 'one', abandoned: 20, claimIdle: 0.3 },
      { name: 'two', commitMs: 5, begins: 'after-load' },
    ],
  })

const plan = { seed: 1, producers: 2, ledgerFolder: null }
const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('standpipe-load-'))

const medianOf = ({ latencies }: LoadRun, group: string) => latencies[0]?.committed.get(group)?.at(50) ?? 0

describe(runScenario, () => {
  test('sends what is planned, settles each event once in every group, and leaves nothing behind', async ({
    server,
    redis,
  }) => {
    const before = leftovers()
    const run = await runScenario(
      { ...plan, scenario: aScenario(0.4), redisUrl: server.url },
      { update: () => {}, signal: AbortSignal.timeout(seconds(15)) },
    )
    const planned = run.planned[0] ?? 0
    expect(planned).toBeGreaterThan(400)
    for (const { books } of run.flows) {
      if ('missing' in books) throw new Error(books.missing)
      const { ledger, poisoned } = books
      expect(poisoned).toBeGreaterThan(5)
      expect(ledger).toMatchObject({
        attempted: planned,
        acknowledged: planned,
        committed: planned - poisoned,
        deadLettered: poisoned,
        lost: 0,
        duplicateEffects: 0,
        unexpected: 0,
      })
    }
    const told = planned - 100
    expect(run.latencies.map(({ published }) => published.count)).toEqual([told])
    expect(run.latencies.map(({ acknowledged }) => acknowledged.count)).toEqual([told])
    expect(run.latencies.map(({ claimed }) => claimed.count)).toEqual([
      expect.toSatisfy((n: number) => n >= 10),
    ])
    expect(run.consumers.map(({ reclaimed }) => reclaimed)).toEqual([20, 0])
    expect(medianOf(run, 'two')).toBeGreaterThan(medianOf(run, 'one'))
    const verdicts = toLoadSection(run).statements.map(({ subject, verdict }) => [subject, verdict])
    expect(verdicts).toEqual(
      expect.arrayContaining([
        ['events sent', 'pass'],
        ['drain', 'pass'],
        ['live → one', 'pass'],
        ['live → two', 'pass'],
      ]),
    )
    expect(await redis.dbsize()).toBe(0)
    expect(leftovers()).toEqual(before)
  })

  test('ended early it tells what it saw, and is no pass', async ({ server, redis }) => {
    const stop = new AbortController()
    const running = runScenario(
      { ...plan, scenario: aScenario(30), redisUrl: server.url },
      { update: () => {}, signal: stop.signal },
    )
    await until(async () => (await redis.dbsize()) > 3, { within: seconds(10), what: 'entries' })
    stop.abort(new Error('interrupted by a test'))
    const run = await running
    expect(run.interrupted).toBe('interrupted by a test')
    expect(run.consumers.map(({ group }) => group)).toContain('one')
    expect(toLoadSection(run).verdict).toBe('unknown')
    expect(await redis.dbsize()).toBe(0)
  })

  test('a ledger that cannot be written ends the run in one sentence', async ({ server, redis }) => {
    const running = runScenario(
      { ...plan, ledgerFolder: '/proc/nowhere', scenario: aScenario(30), redisUrl: server.url },
      { update: () => {}, signal: AbortSignal.timeout(seconds(15)) },
    )
    await expect(running).rejects.toThrow(/^cannot write the ledger to "\/proc\/nowhere": .*; name another/)
    expect(await redis.dbsize()).toBe(0)
  })
})
