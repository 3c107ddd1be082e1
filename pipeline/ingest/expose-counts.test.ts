import { expect, test } from 'vitest'
import { INGEST_METRICS } from '#pipeline/contract.ts'
import { countOne, newCounts } from './counts.ts'
import { exposeCounts } from './expose-counts.ts'

test('every declared metric has a sample once everything happened, and none twice', async () => {
  const counts = newCounts()
  countOne(counts.refusedAppends, 'OOM')
  countOne(counts.reconnects, '1006')
  countOne(counts.duplicates, 'relay.example')
  counts.cursor = 9007199254740991
  counts.openGaps = 2
  counts.newestByCollection.set('app.bsky.*', '2026-01-02T03:04:05.500Z')
  counts.newestEventTime = '2026-01-02T03:04:05.500Z'
  const source = exposeCounts(counts, 's')
  await source.metrics()
  const text = await source.metrics()
  for (const { name } of Object.values(INGEST_METRICS))
    expect(text).toMatch(new RegExp(`^${name}\\{stream="s"`, 'm'))
  const samples = text.split('\n').filter((line) => line && !line.startsWith('#'))
  expect(new Set(samples).size).toBe(samples.length)
  expect(text).toContain('standpipe_ingest_cursor_seq{stream="s"} 9007199254740991')
  expect(text).toContain('standpipe_ingest_newest_event_timestamp_seconds{stream="s"} 1767323045.5')
})

test('counters follow the counts, whenever they are asked', async () => {
  const counts = newCounts()
  const source = exposeCounts(counts, 's')
  counts.events.create = 3
  expect(await source.metrics()).toContain('_events_total{stream="s",type="record",action="create"} 3')
  counts.events.create = 5
  counts.backpressureMs = 1_500
  const text = await source.metrics()
  expect(text).toContain('_events_total{stream="s",type="record",action="create"} 5')
  expect(text).toContain('standpipe_ingest_backpressure_seconds_total{stream="s"} 1.5')
})

test('what is not known yet has no sample', async () => {
  const text = await exposeCounts(newCounts(), 's').metrics()
  expect(text).not.toMatch(/^standpipe_ingest_(cursor_seq|open_gaps|newest_event)/m)
})
