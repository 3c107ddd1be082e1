import type { Registry } from 'prom-client'
import { expect, test } from 'vitest'
import type { GroupLedger } from '#pipeline/accounting/group-ledger.ts'
import { ledgerMeter } from '#pipeline/accounting/ledger-meter.ts'
import { backfillMeter, backfillMetrics } from '#pipeline/backfill/backfill-meter.ts'
import { listReposMeter } from '#pipeline/backfill/list-repos/list-repos-meter.ts'
import { indexMeter } from '#pipeline/consume/index-meter.ts'
import {
  BACKFILL_METRICS,
  INDEX_METRICS,
  INGEST_METRICS,
  LEDGER_METRICS,
  LIST_REPOS_METRICS,
} from '#pipeline/contract.ts'
import { countOne, newCounts } from '#pipeline/ingest/counts.ts'
import { exposeCounts } from '#pipeline/ingest/expose-counts.ts'

type Declared = Readonly<Record<string, { readonly name: string }>>

/** The samples of every metric by its declared name; those of a histogram are part of it. */
function samplesOf(text: string, declared: Declared): ReadonlyMap<string, string> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const isOf = (name: string) => (line: string) => new RegExp(`^${name}(_bucket|_sum|_count)?[{ ]`).test(line)
  return new Map(Object.values(declared).map(({ name }) => [name, lines.filter(isOf(name)).join('\n')]))
}

/** The declared metrics that look the same before and after. */
function unmoved(declared: Declared, before: string, after: string): string[] {
  const [was, is] = [samplesOf(before, declared), samplesOf(after, declared)]
  return [...is.keys()].filter((name) => was.get(name) === is.get(name))
}

async function unmovedBy(registry: Pick<Registry, 'metrics'>, declared: Declared, act: () => void) {
  const before = await registry.metrics()
  act()
  return unmoved(declared, before, await registry.metrics())
}

const labels = { stream: 's', group: 'g' }

test('every metric of the indexer moves when what it tells of happens', async () => {
  const meter = indexMeter(labels)
  const nothing = await unmovedBy(meter.registry, INDEX_METRICS, () => {})
  expect(nothing).toHaveLength(Object.keys(INDEX_METRICS).length)

  const left = await unmovedBy(meter.registry, INDEX_METRICS, () => {
    for (const what of ['delivered', 'reclaimed', 'committed', 'superseded', 'acknowledged'] as const)
      meter.count(what)
    for (const what of ['lostBodies', 'fenced', 'sinkRetries', 'redisErrors', 'groupsCreated'] as const)
      meter.count(what)
    meter.countDeadLetters('not-json', 1)
    meter.countTrimmed(1)
    meter.observeCommit(0.1)
    meter.observeEvent(1)
    meter.setHeld(1)
    const oldestPending = { id: '4000-0', consumer: 'c', idleMs: 1_500, deliveries: 1 }
    const state = { name: 'g', nameBytes: Buffer.from('g'), consumers: 1, lastDeliveredId: '5000-0' }
    const owes = { pending: 2, entriesRead: 5, lag: 7, oldestPendingId: '4000-0', oldestPending }
    meter.setGroups([{ ...state, ...owes }], 10_000)
  })
  expect(left).toEqual([])
})

test('every metric of the backfiller does', async () => {
  let held = 0
  const metrics = backfillMetrics(labels, () => held)
  const meter = backfillMeter(labels, metrics)
  const left = await unmovedBy(metrics.registry, BACKFILL_METRICS, () => {
    for (const what of ['delivered', 'reclaimed', 'appended', 'fetched'] as const) meter.count(what)
    for (const what of ['lostBodies', 'fenced', 'redisErrors'] as const) meter.count(what)
    meter.countOutcome('stored')
    meter.countDeadLetter('truncated')
    meter.countUnavailable('deactivated')
    meter.countFailure('truncated')
    meter.countIdentity('cache')
    meter.countTrimmed(1)
    meter.countBackpressure(1_000)
    const rejected = { 'malformed-key': 1, 'record-too-big': 0, 'undecodable-record': 0 }
    meter.countSnapshot({ records: 1, filtered: 1, rejected })
    meter.observeRepo(1_000)
    meter.setHeld(1)
    held = 1_000
  })
  expect(left).toEqual([])
})

test('every metric of a listing of repos does', async () => {
  const meter = listReposMeter({ stream: 's', host: 'relay.example' })
  const left = await unmovedBy(meter.registry, LIST_REPOS_METRICS, () => {
    meter.countPage(2)
    meter.countRejected(1)
    meter.countFailure('unreachable', 'connection refused')
    meter.countBackpressure(1_000)
    meter.countRepair(1)
    meter.countClosedGaps(1)
    meter.setDone(true)
    meter.setNewestPage(1_000)
  })
  expect(left).toEqual([])
})

test('every metric of the ledger does', async () => {
  const meter = ledgerMeter(['s'])
  const left = await unmovedBy(meter.registry, LEDGER_METRICS, () => {
    const settled = { acknowledged: 5, deadLettered: 1, lostBodies: 1 }
    const rest = { pending: 1, undelivered: 1, trimmed: 0 }
    meter.show([
      {
        ...labels,
        epoch: 2,
        knownAt: 1_000,
        closed: [{ lost: 3 }],
        terms: { opening: 0, added: 9, ...settled, ...rest },
        balance: { verdict: 'fail', lost: 1 },
      } as unknown as GroupLedger,
    ])
    meter.countLook('s', 'ok')
  })
  expect(left).toEqual([])
})

test('every metric of the ingester does', async () => {
  const counts = newCounts()
  const source = exposeCounts(counts, 's')
  const left = await unmovedBy(source as Pick<Registry, 'metrics'>, INGEST_METRICS, () => {
    for (const kinds of [counts.frames, counts.events, counts.notices, counts.rejectedFrames, counts.gaps]) {
      for (const kind of Object.keys(kinds)) (kinds as Record<string, number>)[kind] = 1
    }
    for (const by of [counts.refusedAppends, counts.reconnects, counts.duplicates]) countOne(by, 'any')
    counts.newestByCollection.set('app.bsky.*', '2026-01-02T03:04:05.500Z')
    Object.assign(counts, { filteredOps: 1, tooBigCommits: 1, unkeptFrames: 1, skippedCommits: 1 })
    Object.assign(counts, { appendedEntries: 1, rollbacks: 1, switches: 1, lossyTrimmed: 1, connected: 1 })
    Object.assign(counts, { cursorAhead: 1, openGaps: 1, bytesInFlight: 1, backpressureMs: 1, cursor: 1 })
    counts.newestEventTime = '2026-01-02T03:04:05.500Z'
  })
  expect(left).toEqual([])
})
