import { expect, test } from 'vitest'
import { busyBefore } from './busy-before.ts'

test('a machine that was busy before the run is told, a calm one is not', () => {
  expect(busyBefore(15.75, 2)).toEqual([expect.stringContaining('load 15.8 on 2 cores')])
  expect(busyBefore(0.4, 2)).toEqual([])
})
