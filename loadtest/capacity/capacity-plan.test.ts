import { expect, test } from 'vitest'
import { type CapacityChoices, planCapacity } from './capacity-plan.ts'

const choices: CapacityChoices = {
  events: undefined,
  hours: undefined,
  rate: undefined,
  groups: 2,
  replayWindowHours: 72,
  maxmemoryBytes: 2e9,
}

test('2.7 million events unless told otherwise, by a number or by hours at a rate', () => {
  expect(planCapacity(choices).events).toBe(2_700_000)
  expect(planCapacity({ ...choices, events: 5 })).toMatchObject({ events: 5, pendingEntries: 5 })
  expect(planCapacity({ ...choices, hours: 2, rate: 600 })).toMatchObject({ events: 4_320_000, ownRate: 600 })
})

test('hours without a rate, or beside a number, are refused', () => {
  expect(() => planCapacity({ ...choices, hours: 2 })).toThrow('add --events-per-second')
  expect(() => planCapacity({ ...choices, hours: 2, rate: 600, events: 5 })).toThrow('give one of them')
})
