import { expect, test } from 'vitest'
import { relayWindow } from './relay-window.ts'

const aFrame = (seq: number, bytes = 10) => ({ seq, bytes: new Uint8Array(bytes), events: [] })

test('the window keeps the newest frames that fit, and says what has gone', () => {
  const window = relayWindow(100)
  for (let seq = 1; seq <= 25; seq += 1) window.push(aFrame(seq * 2))

  expect(window.end - window.first).toBe(10)
  expect(window.at(window.first)?.seq).toBe(32)
  expect(window.at(window.first - 1)).toBeUndefined()
  expect({ last: window.lastSeq, gone: window.goneSeq }).toEqual({ last: 50, gone: 30 })
  expect(window.bytesFrom(window.end - 3)).toBe(30)
  expect(window.bytesFrom(window.end)).toBe(0)
})

test.each([
  { seq: 0, next: 32 },
  { seq: 32, next: 34 },
  { seq: 33, next: 34 },
  { seq: 50, next: undefined },
])('after $seq comes $next', ({ seq, next }) => {
  const window = relayWindow(100)
  for (let one = 1; one <= 25; one += 1) window.push(aFrame(one * 2))

  expect(window.at(window.after(seq))?.seq).toBe(next)
})

test('a frame larger than the window is kept as long as it is the newest', () => {
  const window = relayWindow(100)
  window.push(aFrame(1, 500))
  expect(window.at(window.first)?.seq).toBe(1)
  window.push(aFrame(2))
  expect(window.at(window.first)?.seq).toBe(2)
})

test('positions stay valid through many thousand evictions', () => {
  const window = relayWindow(1_000)
  for (let seq = 1; seq <= 20_000; seq += 1) window.push(aFrame(seq))

  expect(window.at(window.end - 1)?.seq).toBe(20_000)
  expect(window.end).toBe(20_000)
  expect(window.at(window.after(19_950))?.seq).toBe(19_951)
})
