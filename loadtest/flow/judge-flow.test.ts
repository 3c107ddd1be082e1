import { describe, expect, test } from 'vitest'
import { aSample } from '#test/support/drill.ts'
import type { FlowSample } from './flow-sample.ts'
import { isDrained, isLevel, isStuck, judgeSteady, slackOf } from './judge-flow.ts'

const flowing = Array.from({ length: 9 }, (_, index) =>
  aSample({ at: index * 0.25, entriesAdded: 100 * index }),
)
const withLast = (over: Partial<FlowSample>) => [...flowing.slice(0, -1), { ...aSample({ at: 2 }), ...over }]

test('a flow that comes and is acknowledged is steady', () => {
  expect(judgeSteady(flowing, 500)).toEqual({
    verdict: 'pass',
    because: '800 entries came in 2.0 s, lag 0, pending 0',
  })
})

test.each<[string, readonly FlowSample[], RegExp]>([
  ['without a look', [], /nobody looked/],
  ['seen too short', flowing.slice(0, 4), /watched too short/],
  ['of a Redis that did not answer once', withLast({ redisUp: false }), /did not answer/],
  ['that stands still', flowing.map((sample) => ({ ...sample, entriesAdded: 7 })), /no entries came/],
  [
    'of a group that falls behind',
    withLast({ lag: 501, entriesAdded: 900 }),
    /lag 501, pending 0, more than 500/,
  ],
  ['of unknown lag', withLast({ lag: null, entriesAdded: 900 }), /lag not known/],
])('a flow %s is not steady', (_, samples, because) => {
  expect(judgeSteady(samples, 500)).toEqual({ verdict: 'unknown', because: expect.stringMatching(because) })
})

describe('a flow is level again', () => {
  test('when ingester and group have caught up', () => {
    expect(isLevel(aSample(), 500, 9)).toBe(true)
    expect(isLevel(aSample({ lag: 200, pending: 300, oldestIdleMs: 999 }), 500, 9)).toBe(true)
  })

  test.each<[string, Partial<FlowSample>]>([
    ['Redis does not answer', { redisUp: false, storedSeq: null }],
    ['the ingester is behind the relay', { storedSeq: 499 }],
    ['the group is behind the stream', { lag: 501 }],
    ['nobody knows the lag', { lag: null }],
    ['something is pending since before the lift', { pending: 1, oldestIdleMs: 1_001 }],
  ])('not while %s', (_, over) => {
    expect(isLevel(aSample(over), 500, 9)).toBe(false)
  })
})

test('everything has drained when the relay is done and nothing is under way', () => {
  expect(isDrained(aSample({ emittedAll: true }))).toBe(true)
  for (const over of [{ emittedAll: false }, { storedSeq: 999 }, { lag: 1 }, { pending: 1 }, { lag: null }]) {
    expect(isDrained(aSample({ emittedAll: true, ...over }))).toBe(false)
  }
})

describe('waiting is given up', () => {
  const ended = (over: (at: number) => Partial<FlowSample>, lasts = 11) =>
    Array.from({ length: lasts * 4 }, (_, look) =>
      aSample({ at: look / 4, emittedAll: true, lag: 7, ...over(look / 4) }),
    )

  test('when the relay is done and nothing has moved for ten seconds', () => {
    expect(isStuck(ended(() => ({})))).toBe(true)
  })

  test.each<[string, readonly FlowSample[]]>([
    ['nobody looked', []],
    ['it was not watched for long', ended(() => ({}), 5)],
    ['the relay still emits', ended(() => ({ emittedAll: false }))],
    ['something is pending, which may be claimed', ended(() => ({ pending: 1 }))],
    ['the group still reads', ended((at) => ({ lag: 100 - at }))],
    ['the ingester still appends', ended((at) => ({ storedSeq: at }))],
  ])('not while %s', (_, samples) => {
    expect(isStuck(samples)).toBe(false)
  })
})

test('the slack is two seconds of traffic, and never less than a batch', () => {
  expect(slackOf(1_000)).toBe(2_000)
  expect(slackOf(10)).toBe(500)
})
