import { globSync } from 'node:fs'
import { basename } from 'node:path'
import { describe, expect } from 'vitest'
import { judgeLedger } from '#loadtest/ledger/judge-ledger.ts'
import { reconcile } from '#loadtest/ledger/reconcile.ts'
import { test } from '#test/support/redis.ts'
import ackBeforeCommit from './ack-before-commit.ts'
import { type Bench, evidenceOf, openBench } from './bench.ts'
import claimAndAck from './claim-and-ack.ts'
import cursorBeforeData from './cursor-before-data.ts'
import cursorElsewhere from './cursor-elsewhere.ts'
import deafWriter from './deaf-writer.ts'
import dropOnHighWater from './drop-on-high-water.ts'
import noRevGuard from './no-rev-guard.ts'
import skipBadCommit from './skip-bad-commit.ts'
import splitCommit from './split-commit.ts'
import trimByLength from './trim-by-length.ts'

const MUTANTS = [
  ackBeforeCommit,
  claimAndAck,
  cursorBeforeData,
  cursorElsewhere,
  deafWriter,
  dropOnHighWater,
  noRevGuard,
  skipBadCommit,
  splitCommit,
  trimByLength,
]

const PARTS = ['bench', 'consume', 'mutant', 'produce']

async function ledgerOf(bench: Bench) {
  return reconcile(await evidenceOf(bench))
}

describe.each(MUTANTS)('$id', ({ broken, sound, costs, events, opsPerCommit }) => {
  test('does not get past the judge', async ({ redis }) => {
    const bench = await openBench(redis, events, opsPerCommit)
    await broken(bench)
    const ledger = await ledgerOf(bench)
    expect(ledger[costs]).toBeGreaterThan(0)
    expect(judgeLedger(ledger).verdict).toBe('fail')
  })

  test('passes once the mistake is taken out of the same scene', async ({ redis }) => {
    const bench = await openBench(redis, events, opsPerCommit)
    await sound(bench)
    const ledger = await ledgerOf(bench)
    expect(ledger).toMatchObject({ attempted: events, committed: events, lost: 0, duplicateEffects: 0 })
    expect(judgeLedger(ledger).verdict).toBe('pass')
  })
})

test('every mutant in the folder faces the judge', () => {
  const files = globSync('chaos/mutants/*.ts').map((file) => basename(file, '.ts'))
  const ids = files.filter((file) => !PARTS.includes(file) && !file.includes('.test'))
  expect(ids.sort()).toEqual(MUTANTS.map(({ id }) => id))
})

test('Redis itself shows nothing of entries that were trimmed unread', async ({ redis }) => {
  const bench = await openBench(redis, trimByLength.events)
  await trimByLength.broken(bench)
  const [group] = (await redis.xinfo('GROUPS', 'mutant:stream')) as unknown[][]
  const fields = Object.fromEntries(
    Array.from({ length: (group?.length ?? 0) / 2 }, (_, pair) => [group?.[pair * 2], group?.[pair * 2 + 1]]),
  )
  expect(fields).toMatchObject({ pending: 0 })
  expect((await ledgerOf(bench)).lost).toBe(10)
})
