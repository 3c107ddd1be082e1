import { expect, test } from 'vitest'
import type { EvictionRun } from './eviction-run.ts'
import type { PressureRun } from './pressure-run.ts'
import type { Tried } from './probe.ts'
import { judgeEviction, toEvictionSection } from './to-eviction-section.ts'
import { judgeTried, toPressureSection } from './to-pressure-section.ts'

const aTry: Tried = { name: 'XACK', expected: 'works', outcome: 'works', says: '', bytesOver: 9 }
const calm = { ratio: 1, allocatorRatio: 1 }

const aRun = (changes: Partial<PressureRun> = {}): PressureRun => ({
  maxmemoryBytes: 100,
  filled: 1_000,
  refusal: "OOM command not allowed when used memory > 'maxmemory'.",
  refusedCalls: 3,
  bytesBeyond: 20,
  readWhileFull: 300,
  probes: [aTry],
  acknowledged: 1_200,
  appendedAgain: 200,
  trimmed: 300,
  evicted: 0,
  delivered: { asked: 1_200, read: 1_200, equal: 1_200, altered: 0, missing: 0, unexpected: 0, examples: [] },
  looks: [],
  timeline: [],
  fragmentation: { empty: calm, full: calm, drained: calm },
  ...changes,
})

const verdictOf = (changes: Partial<PressureRun>) => toPressureSection('?', aRun(changes)).verdict

test('a buffer that stood still at its limit and gave every entry back passes', () => {
  expect(verdictOf({})).toBe('pass')
})

test('a run that did not cross the limit, or tried a command below it, is unknown', () => {
  expect(verdictOf({ refusal: null, refusedCalls: 0 })).toBe('unknown')
  expect(verdictOf({ bytesBeyond: 0 })).toBe('unknown')
  expect(verdictOf({ probes: [{ ...aTry, bytesOver: 0 }] })).toBe('unknown')
})

test('one unread entry lost, one key evicted, or no way back fails', () => {
  const delivered = { ...aRun().delivered, read: 1_199, equal: 1_199, missing: 1 }
  expect(verdictOf({ delivered })).toBe('fail')
  expect(verdictOf({ evicted: 1 })).toBe('fail')
  expect(verdictOf({ appendedAgain: 0 })).toBe('fail')
  expect(verdictOf({ trimmed: 0 })).toBe('fail')
})

test('a command that does other than what a pipeline counts on fails', () => {
  expect(judgeTried({ ...aTry, outcome: 'refused', says: 'OOM' }).verdict).toBe('fail')
  expect(judgeTried({ ...aTry, outcome: 'broken', says: 'ERR' }).verdict).toBe('fail')
  expect(judgeTried({ ...aTry, expected: 'refused' }).verdict).toBe('fail')
})

test('what eviction took is told, and where nothing was evicted or refused nothing is', () => {
  const evicted: EvictionRun = {
    policy: 'allkeys-lru',
    expires: false,
    acknowledged: 1_000,
    left: 10,
    groupLeft: false,
    evicted: 1,
    refusal: null,
  }
  expect(judgeEviction(evicted)).toMatchObject({
    verdict: 'pass',
    says: expect.stringContaining('10 of 1000 acknowledged entries are left, and its group is gone'),
  })
  expect(judgeEviction({ ...evicted, evicted: 0, left: 1_000 }).verdict).toBe('unknown')
  expect(judgeEviction({ ...evicted, evicted: 0, refusal: 'OOM' }).says).toContain('refused like noeviction')
  expect(toEvictionSection('?', []).verdict).toBe('unknown')
})
