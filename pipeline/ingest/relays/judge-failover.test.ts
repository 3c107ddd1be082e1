import { expect, test } from 'vitest'
import { judgeFailover } from './judge-failover.ts'

const anEnding = (messages: number, reason = '1006') => ({ messages, reason, says: '' })

test('a relay is given up after three connections in a row that delivered nothing', () => {
  expect(judgeFailover(1, anEnding(0))).toEqual({ failures: 2, isOver: false })
  expect(judgeFailover(2, anEnding(0))).toEqual({ failures: 3, isOver: true })
})

test('one that delivered something before it hung up is kept', () => {
  expect(judgeFailover(2, anEnding(1))).toEqual({ failures: 0, isOver: false })
})

test('one that was silent for the whole of our patience is given up at once', () => {
  expect(judgeFailover(0, anEnding(500, 'idle'))).toMatchObject({ isOver: true })
})
