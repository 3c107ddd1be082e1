import { expect, test } from 'vitest'
import { createGapWatch } from './gap-watch.ts'

const NOON = '2026-01-02T12:00:00.000Z'
const LATER = '2026-01-02T12:30:00.000Z'
const NOTICED = '2026-01-02T13:00:00.000Z'

const aWatch = (seq: number | null, time: string | null = null) =>
  createGapWatch('relay.example', { seq, time }, () => Date.parse(NOTICED))

test('an order that breaks off has its ends, its reason and when it was noticed', () => {
  const watch = aWatch(10)
  watch.see(11, NOON)
  watch.suspect('outdated-cursor')
  expect(watch.see(40, LATER)).toEqual({
    host: 'relay.example',
    reason: 'outdated-cursor',
    from: { seq: 11, time: NOON },
    to: { seq: 40, time: LATER },
    noticedAt: NOTICED,
  })
  expect(watch.see(41, LATER)).toBeNull()
})

test.each([9, 10, 11])('a relay that goes on with %i after 10 shows that nothing is missing', (seq) => {
  const watch = aWatch(10)
  watch.suspect('outdated-cursor')
  expect(watch.see(seq, NOON)).toBeNull()
  expect(watch.see(50, NOON)).toBeNull()
})

test('a hole in the order is none of ours unless the relay says so', () => {
  expect(aWatch(10).see(40, NOON)).toBeNull()
})

test('where nothing was heard before, nothing is missing', () => {
  const watch = aWatch(null)
  watch.suspect('outdated-cursor')
  expect(watch.see(40, NOON)).toBeNull()
})

test('a stream without a cursor has a gap that begins when it was last written', () => {
  const watch = aWatch(null, NOON)
  watch.suspect('no-cursor')
  expect(watch.see(40, LATER)).toMatchObject({ reason: 'no-cursor', from: { seq: null, time: NOON } })
})

test('a cursor that Redis forgot is a gap though the relay repeats what it has', () => {
  const watch = aWatch(10)
  watch.fellBackTo(null)
  expect(watch.see(1, NOON)).toMatchObject({ reason: 'cursor-vanished', from: { seq: null }, to: { seq: 1 } })
})

test('what comes next is asked for twice: what came between is missing', () => {
  const watch = aWatch(null)
  watch.openedLive()
  watch.openedLive()
  expect(watch.see(7, NOON)).toMatchObject({ reason: 'no-cursor', from: { seq: null, time: NOTICED } })
})

test('what comes next is asked for once: nothing is missing', () => {
  const watch = aWatch(null)
  watch.openedLive()
  expect(watch.see(7, NOON)).toBeNull()
})

test('a Redis that fell back to an earlier cursor has no gap when the relay goes on from there', () => {
  const watch = aWatch(10)
  watch.fellBackTo(5)
  expect(watch.see(6, NOON)).toBeNull()
})
