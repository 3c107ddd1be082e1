import { describe, expect, test } from 'vitest'
import { hours } from '#kernel/time/duration.ts'
import { tidOf } from '#loadtest/network/tid.ts'
import type { ListedRepo } from '#pipeline/contract.ts'
import type { OpenGap } from '#pipeline/ingest/gaps/read-gaps.ts'
import { chooseRepos } from './choose-repos.ts'
import { judgeRound } from './judge-round.ts'
import { momentOfRev } from './moment-of-rev.ts'
import { newRound, parseRound } from './repair-round.ts'

const NOON = Date.UTC(2026, 0, 2, 12)
const revAt = (ms: number) => tidOf(ms * 1_000, 7)

const aRepo = (did: string, over: Partial<ListedRepo> = {}): ListedRepo => ({
  did,
  host: 'https://relay.test',
  rev: revAt(NOON),
  status: null,
  active: true,
  ...over,
})

const aGap = (id: string, from: string | null): OpenGap => ({
  id,
  host: 'relay.test',
  reason: 'outdated-cursor',
  from: { seq: 1, time: from },
  to: { seq: 9, time: null },
  noticedAt: '2026-01-02T13:00:00.000Z',
})

test.each([0, NOON, NOON + 1, 2 ** 42])('a revision made at %i ms says so', (ms) => {
  expect(momentOfRev(revAt(ms))).toBe(ms)
})

test.each(['', '3k', 'z222222222222', '3k2222222222A'])('"%s" is no revision that says when', (rev) => {
  expect(momentOfRev(rev)).toBeNull()
})

describe('the repos that may have changed in a gap', () => {
  const repos = [
    aRepo('before', { rev: revAt(NOON - 1) }),
    aRepo('inside'),
    aRepo('behind', { rev: revAt(NOON + hours(9)) }),
    aRepo('taken down before', { rev: revAt(NOON - 1), active: false, status: 'takendown' }),
    aRepo('of a host without a clock', { rev: '' }),
  ]
  const dids = (since: number | null) => chooseRepos(repos, since).map(({ did }) => did)

  test('are those that changed since, the inactive ones, and those that do not say', () => {
    expect(dids(NOON)).toEqual(['inside', 'behind', 'taken down before', 'of a host without a clock'])
  })

  test('are all of them when nobody knows when it began', () => {
    expect(dids(null)).toHaveLength(repos.length)
  })
})

describe('a round', () => {
  const at = (ms: number) => new Date(ms).toISOString()

  test('begins a margin before the earliest of gaps that overlap', () => {
    const gaps = [aGap('2-0', at(NOON)), aGap('1-0', at(NOON - hours(1)))]
    const round = newRound('r', gaps, hours(6), NOON)
    expect(round).toMatchObject({ gaps: ['2-0', '1-0'], since: NOON - hours(7), cursor: '', queued: 0 })
    expect(parseRound(JSON.stringify(round))).toEqual(round)
  })

  test.each([null, 'yesterday'])('leaves no repo alone when one gap began at %s', (from) => {
    expect(newRound('r', [aGap('1-0', at(NOON)), aGap('2-0', from)], 0, NOON).since).toBeNull()
  })

  test.each(['', '{', '{"id":"r"}'])('is not read from "%s"', (text) => {
    expect(parseRound(text)).toBeNull()
  })

  const listed = {
    ...newRound('r', [aGap('1-0', at(NOON))], 0, NOON),
    isListed: true,
    queued: 3,
    upTo: '7-0',
  }
  test.each([
    ['has nobody who reads it', { fetched: 0, deadLettered: 0 }, null, 'under-way'],
    ['has one repo in somebody’s hands', { fetched: 2, deadLettered: 0 }, '6-9', 'under-way'],
    ['is counted in full while one repo is open', { fetched: 3, deadLettered: 0 }, '6-9', 'under-way'],
    ['is fetched, one repo excepted that became a letter', { fetched: 2, deadLettered: 1 }, '7-0', 'settled'],
    ['lacks a repo that was settled by nobody', { fetched: 2, deadLettered: 0 }, '9-0', 'broken'],
  ] as const)('that %s', (_, tally, settledUpTo, state) => {
    expect(judgeRound(listed, tally, settledUpTo)).toBe(state)
  })

  test('that found nothing to fetch is settled at once', () => {
    expect(judgeRound({ ...listed, queued: 0 }, { fetched: 0, deadLettered: 0 }, null)).toBe('settled')
  })
})
