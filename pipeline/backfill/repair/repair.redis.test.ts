import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { hours, seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { commitFrame } from '#loadtest/network/commit-frame.ts'
import { hostedPopulation } from '#loadtest/network/hosts/hosted-population.ts'
import type { HostedRepo } from '#loadtest/network/hosts/hosted-repo.ts'
import { startListingHost, toListing } from '#loadtest/network/hosts/listing-host.ts'
import { misbehave } from '#loadtest/network/hosts/misbehaviour.ts'
import { startRelay } from '#loadtest/network/relay.ts'
import { tidClock } from '#loadtest/network/tid.ts'
import { createGetter } from '#pipeline/backfill/fetch/getter.ts'
import { NAMED_HOST } from '#pipeline/backfill/fetch/host-policy.ts'
import { PATIENCE } from '#pipeline/backfill/fetch/read-body.ts'
import { pageFetcher } from '#pipeline/backfill/list-repos/fetch-page.ts'
import { listReposMeter } from '#pipeline/backfill/list-repos/list-repos-meter.ts'
import { startBackfiller } from '#pipeline/backfill/start-backfiller.ts'
import {
  BACKFILL_STREAM,
  cursorKey,
  GAP_FIELD,
  type Gap,
  gapStream,
  LIVE_GROUP,
  LIVE_STREAM,
  REPO_GROUP,
  REPO_STREAM,
  repairStream,
} from '#pipeline/contract.ts'
import { readClosedGaps } from '#pipeline/ingest/gaps/read-closed-gaps.ts'
import { startIngester } from '#pipeline/ingest/start-ingester.ts'
import type { Database } from '#pipeline/sinks/postgres/database.ts'
import { postgresSink } from '#pipeline/sinks/postgres/postgres-sink.ts'
import { backfillerOptions, enqueue, hosting, unsettled } from '#test/support/backfill.ts'
import { test } from '#test/support/indexing.ts'
import { keepRepairing } from './keep-repairing.ts'
import { repairGaps } from './repair-gaps.ts'
import type { RepairOptions } from './repair-options.ts'
import type { RepairStep } from './repair-step.ts'
import { takeStep } from './take-step.ts'

const HOST = 'http://relay.test'
const REPAIRS = repairStream(REPO_STREAM)
const TUNING = { look: 20, retry: { base: 5, cap: 20 } }
const SOON = { within: seconds(10) }
const log = createLog({ name: 'test', level: 'silent' })
const never = new AbortController().signal

const aGap = (over: Partial<Gap> = {}): Gap => ({
  host: 'relay.test',
  reason: 'outdated-cursor',
  from: { seq: 5, time: null },
  to: { seq: 9, time: null },
  noticedAt: '2026-01-02T13:00:00.000Z',
  ...over,
})

const record = async (redis: Redis, gap: Gap) =>
  redis.xadd(gapStream(LIVE_STREAM), '*', GAP_FIELD, JSON.stringify(gap))

async function listing(redis: Redis, repos: readonly HostedRepo[], perPage = 2) {
  const lister = await startListingHost(perPage)
  lister.list(...repos.map(toListing))
  const getter = createGetter({ policy: NAMED_HOST, headersWithin: 500 })
  const options: RepairOptions = {
    redis,
    stream: LIVE_STREAM,
    repoStream: REPO_STREAM,
    host: HOST,
    highWater: 1_000,
    margin: hours(6),
    fetchPage: pageFetcher(getter, lister.url, PATIENCE),
  }
  return {
    lister,
    options,
    async [Symbol.asyncDispose]() {
      getter[Symbol.dispose]()
      await lister[Symbol.asyncDispose]()
    },
  }
}

/** Takes steps until one of this kind comes. */
async function stepUntil<Kind extends RepairStep['kind']>(options: RepairOptions, kind: Kind) {
  for (let steps = 0; steps < 50; steps += 1) {
    const step = await takeStep(options, never)
    if (step.kind === kind) return step as Extract<RepairStep, { kind: Kind }>
  }
  throw new Error(`no step was ${kind}`)
}

/** Lets the repair run beside the test until no gap is open. */
async function repairAll(options: RepairOptions): Promise<void> {
  for await (const step of repairGaps({ ...options, tuning: TUNING }, AbortSignal.timeout(seconds(15)))) {
    if (step.kind === 'nothing') return
  }
  throw new Error('the gaps were not repaired in time')
}

const openGaps = (redis: Redis) => redis.xlen(gapStream(LIVE_STREAM))

async function recordsIn(database: Database): Promise<string[]> {
  const { rows } = await database.query<{ line: string }>(
    `SELECT did || '/' || collection || '/' || rkey || ' ' || cid AS line FROM record WHERE cid IS NOT NULL`,
  )
  return rows.map(({ line }) => line).toSorted()
}

const recordsOf = (repos: readonly HostedRepo[]) =>
  repos
    .flatMap(({ did, records }) => [...records].map(([path, { cid }]) => `${did}/${path} ${cid}`))
    .toSorted()

test('a relay whose window has moved on leaves the index wrong, and the repair makes it exactly right', async ({
  server,
  redis,
  database,
  index,
}) => {
  const repos = hostedPopulation({ seed: 5, repos: 5, records: 8 })
  const [writer, changer] = repos as [HostedRepo, HostedRepo]
  await using hosts = await hosting(repos)
  // Holds the newest frame only.
  await using relay = await startRelay({ windowBytes: 1 })
  const tid = tidClock(9)
  let seq = 0
  const write = (repo: HostedRepo, ...writes: Parameters<HostedRepo['commit']>[0]) => {
    const now = Date.now()
    seq += 1
    relay.publish(commitFrame(repo.did, seq, new Date(now).toISOString(), repo.commit(writes, tid(now))))
  }
  const aPost = (rkey: string) => ({
    action: 'create' as const,
    path: `app.bsky.feed.post/${rkey}`,
    record: { $type: 'app.bsky.feed.post', text: rkey, createdAt: new Date().toISOString() },
  })
  const sink = await postgresSink(database, {
    stream: BACKFILL_STREAM,
    group: LIVE_GROUP,
    lanes: null,
    recordEffects: false,
  })
  await using _indexing = await index({ others: { [BACKFILL_STREAM]: sink } })
  await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
  const ingest = () =>
    startIngester({
      relay: relay.url,
      redisUrl: server.url,
      stream: LIVE_STREAM,
      start: 'oldest',
      collections: ['*'],
      highWater: 100_000,
      batchEntries: 10,
      inFlightBytes: 1_000_000,
      log,
      tuning: { reconnect: { base: 10, cap: 50 }, retry: { base: 5, cap: 50 } },
    })
  const untilStored = () =>
    until(async () => (await redis.get(cursorKey(LIVE_STREAM, relay.url))) === String(seq), {
      ...SOON,
      what: `cursor ${seq}`,
    })
  const untilIndexed = () =>
    until(
      async () => {
        const groups = await Promise.all(
          [LIVE_STREAM, BACKFILL_STREAM].map((key) => redis.xinfo('GROUPS', key)),
        )
        return groups.every((reply) => {
          const [fields = []] = reply as (string | number)[][]
          const value = (name: string) => fields[fields.indexOf(name) + 1]
          return value('pending') === 0 && value('lag') === 0
        })
      },
      { ...SOON, what: 'level index' },
    )

  await enqueue(redis, repos)
  await until(async () => (await unsettled(redis)) === 0, { ...SOON, what: 'backfill' })
  {
    await using _ingester = await ingest()
    await until(() => relay.subscribers === 1, { ...SOON, what: 'subscription' })
    write(writer, aPost('one'))
    await untilStored()
  }
  // Nobody listens: what the window drops now is missed.
  const [gone = ''] = [...changer.records.keys()]
  write(changer, { action: 'delete', path: gone }, aPost('missed'))
  write(changer, aPost('missed-too'))
  write(writer, aPost('two'))
  await using ingester = await ingest()
  await untilStored()
  await untilIndexed()

  expect(ingester.counts).toMatchObject({ gaps: { 'outdated-cursor': 1 }, openGaps: 1 })
  expect(await recordsIn(database)).not.toEqual(recordsOf(repos))

  await using walk = await listing(redis, repos)
  await repairAll({ ...walk.options, host: relay.url.replace('ws', 'http') })
  await untilIndexed()
  expect(await recordsIn(database)).toEqual(recordsOf(repos))
  expect(await openGaps(redis)).toBe(0)
  expect(await ingester.metrics.metrics()).toContain('standpipe_ingest_open_gaps{stream="firehose_live"} 0')
  expect(await readClosedGaps(redis, LIVE_STREAM, 10)).toMatchObject([
    {
      reason: 'outdated-cursor',
      from: { seq: 1, time: expect.any(String) as string },
      closing: { by: 'repair', listed: 5, queued: 2, fetched: 2, deadLettered: 0 },
    },
  ])
})

describe('a repair', () => {
  const repos = hostedPopulation({ seed: 6, repos: 5, records: 1 })

  test('goes on where another one ended, whenever that was, and queues each repo once', async ({ redis }) => {
    await using walk = await listing(redis, repos)
    await record(redis, aGap())
    const kinds: string[] = []
    while (kinds.at(-1) !== 'fetching') {
      // Nothing is kept between two steps, as if each were a process of its own; now and then two are at it at once.
      const [one, other] = await Promise.all([takeStep(walk.options, never), takeStep(walk.options, never)])
      kinds.push(other.kind, one.kind)
    }
    const entries = await redis.xrange(REPAIRS, '-', '+')
    const dids = entries.map(([, [, text]]) => (JSON.parse(text ?? '') as { did: string }).did)
    expect(dids).toEqual(repos.map(({ did }) => did))
    expect(kinds).toContain('moved-elsewhere')
    expect(await openGaps(redis)).toBe(1)
  })

  test('closes with the repos that nobody could fetch counted', async ({ server, redis }) => {
    await using hosts = await hosting(repos)
    hosts
      .hostOf(repos[1] as HostedRepo)
      .failAlways(repos[1]?.did ?? '', misbehave.refuse(404, 'RepoNotFound'))
    await using walk = await listing(redis, repos)
    walk.lister.intercept((response) => void response.writeHead(429, { 'retry-after': '0' }).end(), null)
    await record(redis, aGap())
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    const meter = listReposMeter({ stream: REPO_STREAM, host: HOST })
    const stop = new AbortController()
    const repairing = keepRepairing({ ...walk.options, meter, log, tuning: TUNING }, stop.signal)
    await until(async () => (await openGaps(redis)) === 0, { ...SOON, what: 'closed gap' })
    stop.abort(new Error('over'))
    await repairing
    const metrics = await meter.registry.metrics()
    expect(metrics).toMatch(/standpipe_list_repos_repair_appended_entries_total\{.*\} 5\n/)
    expect(metrics).toMatch(/standpipe_list_repos_closed_gaps_total\{.*\} 1\n/)
    expect(metrics).toMatch(/list_repos_failures_total\{.*reason="throttled"\} 1\n/)
    expect(await readClosedGaps(redis, LIVE_STREAM, 10)).toMatchObject([
      { closing: { by: 'repair', listed: 5, queued: 5, fetched: 4, deadLettered: 1 } },
    ])
  })

  test('in which repos vanished from the queue is begun anew, and the gap stays open', async ({ redis }) => {
    await using walk = await listing(redis, repos)
    await record(redis, aGap())
    await redis.xgroup('CREATE', REPAIRS, REPO_GROUP, '0', 'MKSTREAM')
    await stepUntil(walk.options, 'fetching')
    await redis.xtrim(REPAIRS, 'MAXLEN', 0)
    await redis.xgroup('SETID', REPAIRS, REPO_GROUP, '$')
    expect(await takeStep(walk.options, never)).toMatchObject({ kind: 'broken' })
    expect(await openGaps(redis)).toBe(1)
    expect(await takeStep(walk.options, never)).toMatchObject({ kind: 'begun' })
  })

  test('takes a gap that comes meanwhile as the next one', async ({ redis }) => {
    await using walk = await listing(redis, [])
    const first = await record(redis, aGap())
    expect(await takeStep(walk.options, never)).toMatchObject({ kind: 'begun', round: { gaps: [first] } })
    const second = await record(redis, aGap())
    expect(await stepUntil(walk.options, 'closed')).toMatchObject({ gaps: 1 })
    expect(await takeStep(walk.options, never)).toMatchObject({ kind: 'begun', round: { gaps: [second] } })
  })

  test('waits while the relay is not heard behind a gap, and leaves those of other relays alone', async ({
    redis,
  }) => {
    await using walk = await listing(redis, repos)
    await record(redis, aGap({ reason: 'future-cursor', to: { seq: null, time: null } }))
    await record(redis, aGap({ host: 'elsewhere.test' }))
    expect(await takeStep(walk.options, never)).toEqual({ kind: 'not-ended', gaps: 1 })
    await redis.set(cursorKey(LIVE_STREAM, HOST), '1')
    expect(await takeStep(walk.options, never)).toMatchObject({
      kind: 'begun',
      round: { gaps: [expect.any(String)] },
    })
  })

  test('waits while its queue is full', async ({ redis }) => {
    await using walk = await listing(redis, repos)
    await record(redis, aGap())
    const full = await stepUntil({ ...walk.options, highWater: 3 }, 'full')
    expect(full.round).toMatchObject({ listed: 4, queued: 4, isListed: false })
    expect(await redis.xlen(REPAIRS)).toBe(4)
  })
})
