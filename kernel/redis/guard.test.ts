import { expect, test } from 'vitest'
import { type GuardEvidence, judgeGuard } from './guard.ts'

const markerKey = 'standpipe:may-be-broken'
const runId = 'a'.repeat(40)
const marked: GuardEvidence = { runId, role: 'master', marker: 'ours' }

test('a marked primary whose run id was confirmed may be broken', () => {
  expect(judgeGuard(marked, { markerKey, confirmed: runId })).toEqual({ allowed: true })
})

test('without the marker it is refused, and told how to mark it, whatever was confirmed', () => {
  expect(judgeGuard({ ...marked, marker: null }, { markerKey, confirmed: runId })).toEqual({
    allowed: false,
    because: expect.stringContaining('SET standpipe:may-be-broken'),
  })
})

test('without a confirmation it is refused, and told what to type', () => {
  expect(judgeGuard(marked, { markerKey })).toEqual({
    allowed: false,
    because: expect.stringContaining(`--confirm ${runId}`),
  })
})

test('a confirmation of another run is refused: the command line was copied', () => {
  expect(judgeGuard(marked, { markerKey, confirmed: 'b'.repeat(40) })).toEqual({
    allowed: false,
    because: expect.stringContaining('another server, or it was restarted'),
  })
})

test('a replica is refused', () => {
  expect(judgeGuard({ ...marked, role: 'slave' }, { markerKey, confirmed: runId }).allowed).toBe(false)
})
