import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anAttempt } from '#loadtest/ledger/an-attempt.ts'
import { journalOf } from '#loadtest/ledger/journal-of.ts'
import { effectOf, someAttempts } from '#test/support/ledger.ts'
import type { Effect } from './effect.ts'
import { judgeLedger } from './judge-ledger.ts'
import { reconcile } from './reconcile.ts'

const attempts = someAttempts(50)
const journal = journalOf(attempts)
const effects = attempts.map((attempt) => effectOf(attempt))
const place = fc.nat(attempts.length - 1)

test('a run in which every event is committed once passes', async () => {
  const ledger = await reconcile({ journal, effects: [effects], acknowledgedUpTo: 50, owed: [] })
  expect(ledger).toMatchObject({ attempted: 50, acknowledged: 50, delivered: 50, committed: 50, waiting: 0 })
  expect(ledger).toMatchObject({ lost: 0, unexpected: 0, duplicateEffects: 0, duplicatedDeliveries: 0 })
  expect(judgeLedger(ledger)).toEqual({
    verdict: 'pass',
    because: 'all 50 events attempted are committed: none lost, none twice',
  })
})

test('the order in which events are committed loses and doubles nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(effects, { minLength: 50 }), async (shuffled) => {
      const ledger = await reconcile({ journal, effects: [shuffled], acknowledgedUpTo: 50 })
      expect(judgeLedger(ledger).verdict).toBe('pass')
    }),
  )
})

test('dropping any one event is reported as lost, by name', async () => {
  await fc.assert(
    fc.asyncProperty(place, async (dropped) => {
      const ledger = await reconcile({
        journal,
        effects: [effects.toSpliced(dropped, 1)],
        acknowledgedUpTo: 50,
      })
      expect(ledger.lost).toBe(1)
      expect(ledger.examples.lost[0]).toMatch(`seq ${dropped + 1} `)
      expect(judgeLedger(ledger)).toMatchObject({
        verdict: 'fail',
        because: expect.stringMatching(/^1 events lost/),
      })
    }),
  )
})

test('doubling any effect is reported, wherever the second one comes', async () => {
  await fc.assert(
    fc.asyncProperty(place, place, async (doubled, at) => {
      const again = effects.toSpliced(at, 0, effects[doubled] as Effect)
      const ledger = await reconcile({ journal, effects: [again], acknowledgedUpTo: 50 })
      expect(ledger).toMatchObject({ duplicateEffects: 1, duplicatedDeliveries: 1, lost: 0 })
      expect(judgeLedger(ledger).verdict).toBe('fail')
    }),
  )
})

test('a second delivery without a second effect is reported and fails nothing', async () => {
  const again = [...effects, effectOf(anAttempt(7), { applied: false })]
  const ledger = await reconcile({ journal, effects: [again], acknowledgedUpTo: 50 })
  expect(ledger).toMatchObject({ duplicateEffects: 0, duplicatedDeliveries: 1, superseded: 0 })
  expect(judgeLedger(ledger).verdict).toBe('pass')
})

test('an effect that nobody attempted is unexpected', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<Partial<Effect>>({ rkey: 'x' }, { rev: 'x' }, { did: 'x' }, { action: 'delete' }),
      async (over) => {
        const foreign = effectOf(anAttempt(7), over)
        const ledger = await reconcile({ journal, effects: [[...effects, foreign]], acknowledgedUpTo: 50 })
        expect(ledger.unexpected).toBe(1)
        expect(judgeLedger(ledger).verdict).toBe('fail')
      },
    ),
  )
})

test('an event that was to be left out is not missed, and unexpected when it is committed', async () => {
  const kept = someAttempts(3)
  const filtered = anAttempt(4, { collection: 'com.example.other', filtered: true })
  const mixed = journalOf([...kept, filtered])
  const without = await reconcile({ journal: mixed, effects: [kept.map((one) => effectOf(one))] })
  expect(without).toMatchObject({ attempted: 3, filtered: 1, lost: 0 })
  expect(judgeLedger(without).verdict).toBe('pass')
  const withIt = await reconcile({
    journal: mixed,
    effects: [[...kept, filtered].map((one) => effectOf(one))],
  })
  expect(withIt.unexpected).toBe(1)
})

test('identity and account events are told apart by their sequence', async () => {
  const { rev: _rev, collection: _collection, rkey: _rkey, cid: _cid, ...bare } = anAttempt(1)
  const both = [
    { ...bare, action: 'identity' as const },
    { ...bare, seq: 2, action: 'identity' as const },
  ]
  const ledger = await reconcile({ journal: journalOf(both), effects: [[effectOf(both[0] as never)]] })
  expect(ledger).toMatchObject({ attempted: 2, committed: 1, lost: 1 })
})

describe('an event that is not in the sink', () => {
  const without = [effects.slice(0, 49)]

  test('is indeterminate when it lies beyond the stored cursor: the relay still holds it', async () => {
    const ledger = await reconcile({ journal, effects: without, acknowledgedUpTo: 49 })
    expect(ledger).toMatchObject({ lost: 0, indeterminate: 1, acknowledged: 49 })
    expect(judgeLedger(ledger).verdict).toBe('unknown')
  })

  test('is waiting when the group still owes it: undelivered, or pending', async () => {
    const ledger = await reconcile({
      journal,
      effects: without,
      acknowledgedUpTo: 50,
      owed: [[anAttempt(50)]],
    })
    expect(ledger).toMatchObject({ lost: 0, waiting: 1 })
    expect(judgeLedger(ledger).verdict).toBe('unknown')
  })

  test('is kept, with a warning, when it is a dead letter', async () => {
    const ledger = await reconcile({
      journal,
      effects: without,
      acknowledgedUpTo: 50,
      deadLetters: [[anAttempt(50)]],
    })
    expect(ledger).toMatchObject({ lost: 0, deadLettered: 1, delivered: 50, committed: 49 })
    expect(judgeLedger(ledger).verdict).toBe('warn')
  })

  test('is rejected when the ingester refused its frame and counted it', async () => {
    const ledger = await reconcile({ journal, effects: without, acknowledgedUpTo: 50, rejected: [50] })
    expect(ledger).toMatchObject({ lost: 0, rejected: 1 })
    expect(judgeLedger(ledger).verdict).toBe('warn')
  })

  test('is lost when nobody knows of a cursor and the relay has sent everything', async () => {
    const ledger = await reconcile({ journal, effects: without })
    expect(ledger).toMatchObject({ lost: 1, acknowledged: null, waiting: null })
  })
})

test('an older revision that came after a newer one is superseded, not lost', async () => {
  const older = anAttempt(1)
  const newer = anAttempt(2, { did: older.did, rkey: 'record1', action: 'update' })
  const ledger = await reconcile({
    journal: journalOf([older, newer]),
    effects: [[effectOf(newer), effectOf(older, { applied: false })]],
  })
  expect(ledger).toMatchObject({ superseded: 1, lost: 0, reordered: 0 })
  expect(judgeLedger(ledger).verdict).toBe('pass')
})

test('an effect that a later event of the same DID overtook is counted as reordered', async () => {
  const [first, second] = [anAttempt(1), anAttempt(11)]
  const overtaken = await reconcile({
    journal: journalOf([first, second]),
    effects: [[effectOf(second), effectOf(first)]],
  })
  expect(overtaken.reordered).toBe(1)
  const strangers = await reconcile({
    journal: journalOf([first, anAttempt(2)]),
    effects: [[effectOf(anAttempt(2)), effectOf(first)]],
  })
  expect(strangers.reordered).toBe(0)
})

test('an event that was in doubt when a fault struck, and is committed, has recovered', async () => {
  const ledger = await reconcile({
    journal,
    effects: [effects],
    acknowledgedUpTo: 50,
    inDoubt: [{ after: 20, upTo: 25 }],
  })
  expect(ledger.recovered).toBe(5)
})

describe('nothing passes vacuously', () => {
  test('a run in which nothing was attempted is unknown', async () => {
    const ledger = await reconcile({ journal: journalOf([]), effects: [] })
    expect(judgeLedger(ledger)).toEqual({ verdict: 'unknown', because: 'nothing was attempted' })
  })

  test('a journal without its end is unknown, even when everything in it is committed', async () => {
    const ledger = await reconcile({ journal: journalOf(attempts, { finished: false }), effects: [effects] })
    expect(judgeLedger(ledger).verdict).toBe('unknown')
  })

  test('a loss of what was acknowledged fails even when the journal has no end', async () => {
    const ledger = await reconcile({
      journal: journalOf(attempts, { finished: false }),
      effects: [effects.slice(1)],
      acknowledgedUpTo: 50,
    })
    expect(judgeLedger(ledger).verdict).toBe('fail')
  })

  test('a journal that ends with another number of events than it names is unknown', async () => {
    const lines = attempts.map((attempt) => ({ kind: 'attempt', attempt }) as const)
    const short = {
      pages: () => [[...lines, { kind: 'finished', events: 51, lastSeq: 50, late: 0 } as const]],
    }
    const ledger = await reconcile({ journal: short, effects: [effects] })
    expect(judgeLedger(ledger)).toMatchObject({ verdict: 'unknown' })
  })

  test('a journal that names an event twice, or has an unreadable line, is unknown', async () => {
    const twice = await reconcile({ journal: journalOf([...attempts, anAttempt(3)]), effects: [effects] })
    expect(twice.journal.repeated).toBe(1)
    expect(judgeLedger(twice).verdict).toBe('unknown')
    const broken = { pages: () => [[{ kind: 'broken' } as const], ...(journal.pages() as never[])] }
    expect(judgeLedger(await reconcile({ journal: broken, effects: [effects] })).verdict).toBe('unknown')
  })
})

describe('in a run of thousands', () => {
  const many = someAttempts(20_000)
  const committed = many.map((attempt) => effectOf(attempt))
  const book = journalOf(many)

  test('the latest events may be committed first', async () => {
    const ledger = await reconcile({
      journal: book,
      effects: [committed.toReversed()],
      acknowledgedUpTo: 20_000,
    })
    expect(judgeLedger(ledger).verdict).toBe('pass')
  })

  test('a hole in the middle is counted exactly, and a second effect beyond it is seen', async () => {
    const torn = [...committed.slice(0, 100), ...committed.slice(-3), ...committed.slice(-3)]
    const ledger = await reconcile({ journal: book, effects: [torn], acknowledgedUpTo: 20_000 })
    expect(ledger).toMatchObject({ committed: 103, lost: 19_897, duplicateEffects: 3 })
  })

  test('the ledger adds up, whatever subset arrives, in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(committed), async (some) => {
        const ledger = await reconcile({ journal: book, effects: [some], acknowledgedUpTo: 20_000 })
        expect(ledger).toMatchObject({ committed: some.length, lost: 20_000 - some.length })
      }),
      { numRuns: 5 },
    )
  })
})

test('an event that the journal names twice and nobody committed is lost once', async () => {
  const twice = await reconcile({ journal: journalOf([anAttempt(1), anAttempt(1)]), effects: [] })
  expect(twice).toMatchObject({ attempted: 1, lost: 1, journal: { repeated: 1 } })
})

test('only a few examples of each class are kept', async () => {
  const ledger = await reconcile({ journal, effects: [], acknowledgedUpTo: 50, examples: 2 })
  expect(ledger.lost).toBe(50)
  expect(ledger.examples.lost).toHaveLength(2)
})
