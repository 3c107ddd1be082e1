import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { judgeLedger } from '#loadtest/ledger/judge-ledger.ts'
import { EVENT_FIELD } from '#pipeline/contract.ts'
import { test } from '#test/support/redis.ts'
import { openAttemptJournal } from './attempt-journal.ts'
import { openEffectLog } from './effect-log.ts'
import { firstSeqOf } from './numbering.ts'
import { reconcileLoad } from './reconcile-load.ts'

const FIRST = firstSeqOf(0)
const EVENTS = 10
const all = Array.from({ length: EVENTS }, (_, place) => FIRST + place)

interface Story {
  readonly applied?: readonly number[]
  readonly again?: readonly number[]
  readonly acknowledgedUpTo?: number
  readonly inStream?: readonly number[]
  readonly finished?: boolean
}

/** The books of ten events, told as the story has it, and what the judge says of them. */
async function judged(redis: Redis, story: Story) {
  await using folder = await temporaryFolder('books')
  const journalPath = join(folder.path, 'attempts.ndjson')
  const effectsPath = join(folder.path, 'effects.ndjson')
  {
    using journal = openAttemptJournal(journalPath)
    journal.attempted(FIRST, FIRST + 5)
    journal.attempted(FIRST + 6, FIRST + EVENTS - 1)
    journal.acknowledged(story.acknowledgedUpTo ?? FIRST + EVENTS - 1)
    if (story.finished !== false) journal.finish({ events: EVENTS, lastSeq: FIRST + EVENTS - 1, late: 0 })
    using effects = openEffectLog(effectsPath)
    effects.committed({ flow: 0, applied: story.applied ?? all, again: story.again ?? [] })
    effects.committed({ flow: 1, applied: [1, 2, 3], again: [] })
  }
  for (const seq of story.inStream ?? []) {
    await redis.xadd('s', '*', EVENT_FIELD, JSON.stringify({ type: 'create', seq, did: 'did:plc:x' }))
  }
  const place = { stream: 's', group: 'g', flow: 0, journals: [journalPath], effects: effectsPath, poison: 0 }
  const { ledger } = await reconcileLoad(redis, place)
  return { ledger, verdict: judgeLedger(ledger).verdict }
}

const without = (...gone: readonly number[]) => all.filter((seq) => !gone.includes(seq))

describe(reconcileLoad, () => {
  test('control: ten sent, ten committed is a pass', async ({ redis }) => {
    const { ledger, verdict } = await judged(redis, {})
    expect(verdict).toBe('pass')
    expect(ledger).toMatchObject({ attempted: 10, acknowledged: 10, committed: 10, lost: 0, unexpected: 0 })
  })

  test.for<[string, Story, object, string]>([
    [
      'a consumer that acknowledges what it never commits',
      { applied: without(FIRST + 3) },
      { lost: 1 },
      'fail',
    ],
    ['a sink that applies twice', { applied: [...all, FIRST] }, { duplicateEffects: 1 }, 'fail'],
    ['a sink that invents', { applied: [...all, FIRST + 77] }, { unexpected: 1 }, 'fail'],
    [
      'an entry that waits in the stream',
      { applied: without(FIRST + 9), inStream: [FIRST + 9] },
      { waiting: 1, lost: 0 },
      'unknown',
    ],
    [
      'an append without an answer',
      { applied: without(FIRST + 9), acknowledgedUpTo: FIRST + 8 },
      { indeterminate: 1, lost: 0 },
      'unknown',
    ],
    ['a journal without an end', { finished: false }, { lost: 0 }, 'unknown'],
    ['a second delivery that changes nothing', { again: [FIRST] }, { duplicatedDeliveries: 1 }, 'pass'],
  ])('%s is seen', async ([, story, counts, verdict], { redis }) => {
    const seen = await judged(redis, story)
    expect(seen.ledger).toMatchObject(counts)
    expect(seen.verdict).toBe(verdict)
  })
})
