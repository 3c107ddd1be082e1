import { expect, test } from 'vitest'
import { judgeAdvances } from './judge-advances.ts'

const judge = (orders: string[], stored?: string) =>
  judgeAdvances(
    orders.map((order) => ({ subject: 'a', order })),
    new Map(stored === undefined ? [] : [['a', stored]]),
  )

test.each([
  { why: 'a first change', orders: ['2'], stored: undefined, applied: [true], last: 0 },
  { why: 'a later change', orders: ['3'], stored: '2', applied: [true], last: 0 },
  { why: 'a replay', orders: ['2'], stored: '2', applied: [false], last: undefined },
  { why: 'an older change', orders: ['1'], stored: '2', applied: [false], last: undefined },
  { why: 'changes in order', orders: ['2', '3', '4'], stored: '1', applied: [true, true, true], last: 2 },
  {
    why: 'changes out of order',
    orders: ['2', '4', '3'],
    stored: '1',
    applied: [true, true, false],
    last: 1,
  },
  { why: 'a replay within a batch', orders: ['2', '2'], stored: '1', applied: [true, false], last: 0 },
])('$why: $orders on $stored', ({ orders, stored, applied, last }) => {
  const advances = judge(orders, stored)
  expect(advances.applied).toEqual(applied)
  expect(advances.last.get('a')).toBe(last)
})

test('one subject does not hold back another', () => {
  const changes = [
    { subject: 'a', order: 5 },
    { subject: 'b', order: 1 },
  ]
  expect(judgeAdvances(changes, new Map([['a', 9]])).applied).toEqual([false, true])
})
