import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { readStream } from '#kernel/streams/read-stream.ts'
import { systemClock } from '#kernel/time/clock.ts'
import type { Duration } from '#kernel/time/duration.ts'
import { type Addition, appendEntries } from '#pipeline/backfill/append-entries.ts'
import type { FetchPage } from '#pipeline/backfill/list-repos/fetch-page.ts'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import {
  booksKey,
  cursorKey,
  REPO_FIELD,
  type RepairRepo,
  repairRoundKey,
  repairStream,
  repairTallyField,
} from '#pipeline/contract.ts'
import { hostOf } from '#pipeline/dialects/host-of.ts'
import { closeGaps } from '#pipeline/ingest/gaps/close-gaps.ts'
import { readGaps } from '#pipeline/ingest/gaps/read-gaps.ts'
import { chooseRepos } from './choose-repos.ts'
import { judgeRound } from './judge-round.ts'
import { readTally } from './read-tally.ts'
import { newRound, parseRound, type RepairRound } from './repair-round.ts'
import type { RepairStep } from './repair-step.ts'

export interface RepairOptions {
  readonly redis: Redis
  /** The stream whose gaps are repaired. */
  readonly stream: string
  /** The stream of all repos; those of a repair go into `repairStream` of it. */
  readonly repoStream: string
  /** Origin of the relay that lists; its gaps are repaired, and no others. */
  readonly host: string
  /** Entries in the repair stream at which pages wait. */
  readonly highWater: number
  /** How long before a gap a repo may have changed and still be fetched again. */
  readonly margin: Duration
  readonly fetchPage: FetchPage
}

/**
 * Does the next thing that the repair of a relay's gaps needs. Everything it knows is in Redis and moves on together
 * with what it stores, so whoever calls this next, after a crash or beside us, goes on where it stands.
 */
export async function takeStep(options: RepairOptions, signal: AbortSignal): Promise<RepairStep> {
  const { redis, stream, repoStream, host } = options
  const stored = (await redis.get(repairRoundKey(repoStream, stream, hostOf(host)))) ?? ''
  const round = parseRound(stored)
  if (round === null) return begin(options, stored)
  if (!round.isListed) return listPage(options, stored, round, signal)
  return settle(options, stored, round)
}

async function begin(options: RepairOptions, stored: string): Promise<RepairStep> {
  const { redis, stream, margin } = options
  const host = hostOf(options.host)
  const open = (await readGaps(redis, stream)).filter((gap) => gap.host === host)
  if (open.length === 0) return { kind: 'nothing' }
  // A gap without its other end goes on until the relay is heard again, which stores a cursor.
  const isHeard = (await redis.exists(cursorKey(stream, host))) === 1
  const ended = open.filter(({ to }) => to.seq !== null || isHeard)
  if (ended.length === 0) return { kind: 'not-ended', gaps: open.length }
  const round = newRound(randomUUID(), ended, margin, systemClock.now())
  const outcome = await move(options, stored, round)
  return outcome === 'moved' ? { kind: 'begun', round } : { kind: 'moved-elsewhere' }
}

async function listPage(
  options: RepairOptions,
  stored: string,
  round: RepairRound,
  signal: AbortSignal,
): Promise<RepairStep> {
  const page = await options.fetchPage(round.cursor, signal)
  if (page.cursor !== null && page.cursor === round.cursor) {
    throw new RepoError('malformed-answer', `the cursor "${page.cursor}" of ${options.host} does not move`)
  }
  const chosen = chooseRepos(page.repos, round.since)
  const next: RepairRound = {
    ...round,
    cursor: page.cursor ?? round.cursor,
    isListed: page.cursor === null,
    listed: round.listed + page.repos.length,
    queued: round.queued + chosen.length,
  }
  const repos = chosen.map((repo): RepairRepo => ({ ...repo, round: round.id }))
  const outcome = await move(options, stored, next, repos)
  if (outcome === 'moved') return { kind: 'listed', round: next }
  return outcome === 'full' ? { kind: 'full', round } : { kind: 'moved-elsewhere' }
}

async function settle(options: RepairOptions, stored: string, round: RepairRound): Promise<RepairStep> {
  const { redis, stream, repoStream, host } = options
  const repairs = repairStream(repoStream)
  if (round.upTo === null) {
    const upTo = (await readStream(redis, repairs))?.lastGeneratedId ?? '0-0'
    const next = { ...round, upTo }
    const outcome = await move(options, stored, next)
    return outcome === 'moved' ? { kind: 'listed', round: next } : { kind: 'moved-elsewhere' }
  }
  const tally = await readTally(redis, repairs, round.id)
  const state = judgeRound(round, tally, tally.settledUpTo)
  if (state === 'under-way') return { kind: 'fetching', round, tally }
  const closing = {
    at: new Date(systemClock.now()).toISOString(),
    by: 'repair' as const,
    because: whichRepos(round),
    listed: round.listed,
    queued: round.queued,
    fetched: tally.fetched,
    deadLettered: tally.deadLettered,
  }
  const gaps = state === 'settled' ? await closeGaps(redis, stream, round.gaps, closing) : 0
  // Whoever dies before this finds the round settled again, and nothing left to close.
  await redis.del(repairRoundKey(repoStream, stream, hostOf(host)))
  await redis.hdel(
    booksKey(repairs),
    repairTallyField(round.id, 'fetched'),
    repairTallyField(round.id, 'dead-lettered'),
  )
  return state === 'broken' ? { kind: 'broken', round, tally } : { kind: 'closed', gaps, closing }
}

function whichRepos({ since }: RepairRound): string {
  return since === null
    ? 'every repo was fetched again, since nobody knows when the gap began'
    : `every repo that changed since ${new Date(since).toISOString()}, or is not active, was fetched again`
}

/** Stores where the round stands, with the repos that go with it, unless somebody else has moved it. */
async function move(
  { redis, stream, repoStream, host, highWater }: RepairOptions,
  from: string,
  round: RepairRound,
  repos: readonly RepairRepo[] = [],
): Promise<'moved' | 'full' | 'moved-elsewhere'> {
  const addition: Addition = {
    stream: repairStream(repoStream),
    field: REPO_FIELD,
    highWater,
    values: repos.map((repo) => JSON.stringify(repo)),
    moves: [{ key: repairRoundKey(repoStream, stream, hostOf(host)), from, to: JSON.stringify(round) }],
  }
  const { outcome } = await appendEntries(redis, addition)
  if (outcome === 'high-water') return 'full'
  return outcome === 'moved-elsewhere' ? outcome : 'moved'
}
