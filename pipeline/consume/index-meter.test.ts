import { expect, test } from 'vitest'
import type { Group } from '#pipeline/trim/gather-groups.ts'
import { indexMeter, indexMetrics } from './index-meter.ts'

const aGroup = (with_: Partial<Group> = {}): Group => ({
  name: 'g',
  nameBytes: Buffer.from('g'),
  consumers: 1,
  pending: 2,
  lastDeliveredId: '5000-0',
  entriesRead: 5,
  lag: 7,
  oldestPendingId: '4000-0',
  oldestPending: { id: '4000-0', consumer: 'c', idleMs: 1_500, deliveries: 1 },
  ...with_,
})

async function samples(group: Group): Promise<string> {
  const meter = indexMeter({ stream: 's', group: 'g' })
  meter.setGroups([group], 10_000)
  return meter.registry.metrics()
}

test('counters begin at 0, so that the first increase is seen as one', async () => {
  const text = await indexMeter({ stream: 's', group: 'g' }).registry.metrics()
  expect(text).toContain('standpipe_index_lost_bodies_total{stream="s",group="g"} 0')
  expect(text).toContain('standpipe_index_trimmed_total{stream="s"} 0')
})

test('a group is measured in seconds and entries', async () => {
  const text = await samples(aGroup())
  expect(text).toContain('standpipe_group_lag_entries{stream="s",group="g"} 7')
  expect(text).toContain('standpipe_group_lag_known{stream="s",group="g"} 1')
  expect(text).toContain('standpipe_oldest_pending_age_seconds{stream="s",group="g"} 6')
  expect(text).toContain('standpipe_oldest_pending_idle_seconds{stream="s",group="g"} 1.5')
})

test('a lag that Redis cannot compute is no sample, never 0', async () => {
  const text = await samples(aGroup({ lag: null }))
  expect(text).not.toContain('standpipe_group_lag_entries{')
  expect(text).toContain('standpipe_group_lag_known{stream="s",group="g"} 0')
})

test('a group that is gone has no samples any more', async () => {
  const meter = indexMeter({ stream: 's', group: 'g' })
  meter.setGroups([aGroup()], 10_000)
  meter.setGroups([], 10_000)
  expect(await meter.registry.metrics()).not.toContain('standpipe_group_pending_entries{')
})

test('meters of two streams stand side by side in one registry', async () => {
  const metrics = indexMetrics()
  const [first, second] = [
    indexMeter({ stream: 's', group: 'g' }, metrics),
    indexMeter({ stream: 't', group: 'g' }, metrics),
  ]
  first.setGroups([aGroup()], 10_000)
  second.setGroups([aGroup({ lag: 3 })], 10_000)
  second.setGroups([aGroup({ lag: 4 })], 10_000)
  const text = await metrics.registry.metrics()
  expect(text).toContain('standpipe_group_lag_entries{stream="s",group="g"} 7')
  expect(text).toContain('standpipe_group_lag_entries{stream="t",group="g"} 4')
})
