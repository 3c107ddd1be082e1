import { expect, test } from 'vitest'
import { type Costs, capacityOf, type Deployment, maxmemoryFor } from './capacity-equation.ts'

const costs: Costs = { baseline: 1e6, perEntry: 600, perPending: 85, aofPerEntry: 580, aofPerGroup: 210 }
const deployment: Deployment = {
  maxmemoryBytes: 8e9,
  eventsPerSecond: 600,
  groups: 2,
  replayWindowHours: 72,
}

test('the maxmemory to ask for is the one that lasts that long', () => {
  const maxmemoryBytes = maxmemoryFor(8, costs, deployment)
  expect(capacityOf(costs, { ...deployment, maxmemoryBytes }).allHang).toBeCloseTo(8, 9)
})

test('what hangs costs more than what is stopped, and loss comes a replay window after', () => {
  const { stopped, oneHangs, allHang, untilLoss } = capacityOf(costs, deployment)
  expect(stopped).toBeCloseTo((8e9 * 0.9 - 1e6) / 600 / 600 / 3_600, 6)
  expect([stopped ?? 0, oneHangs ?? 0, allHang ?? 0].toSorted((a, b) => b - a)).toEqual([
    stopped,
    oneHangs,
    allHang,
  ])
  expect(untilLoss).toBeCloseTo((allHang ?? 0) + 72, 9)
})

test('the append-only file grows by every entry and by every group that reads it', () => {
  expect(capacityOf(costs, deployment).aofBytesPerHour).toBe((580 + 2 * 210) * 600 * 3_600)
  expect(capacityOf({ ...costs, aofPerGroup: null }, deployment).aofBytesPerHour).toBeNull()
})

test('sizes that make no sense give no hours, never endless ones', () => {
  expect(capacityOf(costs, { ...deployment, maxmemoryBytes: 0 })).toMatchObject({
    stopped: null,
    untilLoss: null,
  })
  expect(capacityOf({ ...costs, perEntry: Number.NaN }, deployment).allHang).toBeNull()
})
