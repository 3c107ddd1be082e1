import type { ServerResponse } from 'node:http'
import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { type Listing, type ListingHost, startListingHost } from '#loadtest/network/hosts/listing-host.ts'
import { createGetter } from '#pipeline/backfill/fetch/getter.ts'
import { NAMED_HOST } from '#pipeline/backfill/fetch/host-policy.ts'
import { cursorKey, LISTING_DONE, type ListedRepo, REPO_FIELD, REPO_STREAM } from '#pipeline/contract.ts'
import { test } from '#test/support/redis.ts'
import { pageFetcher } from './fetch-page.ts'
import { type ListingTuning, listRepos } from './list-repos.ts'
import { listReposMeter } from './list-repos-meter.ts'

const PATIENCE = { idle: 300, grace: 300, bytesPerSecond: 1_000, total: 2_000 }
const TUNING: ListingTuning = {
  recheck: 20,
  retry: { base: 5, cap: 10 },
  full: { base: 5, cap: 10 },
}

const aListing = (index: number): Listing => ({
  did: `did:plc:${String(index)
    .padStart(24, 'a')
    .replaceAll(/[0189]/g, (digit) => 'efgh'.charAt('0189'.indexOf(digit)))}`,
  head: 'bafyreiaaaa',
  rev: '3k2222222222a',
  active: true,
})
const listings = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => aListing(from + index))

/** A listing under way on a client of its own. */
async function startListing(
  redis: Redis,
  host: ListingHost,
  options: { highWater?: number; paceMs?: number } = {},
) {
  const stop = new AbortController()
  const client = redis.duplicate()
  client.on('error', () => {})
  await client.connect()
  const getter = createGetter({ policy: NAMED_HOST, headersWithin: 500 })
  const meter = listReposMeter({ stream: REPO_STREAM, host: host.url })
  const fetchAtOnce = pageFetcher(getter, host.url, PATIENCE)
  const done = listRepos(
    {
      redis: client,
      stream: REPO_STREAM,
      host: host.url,
      highWater: options.highWater ?? 1_000_000,
      fetchPage: async (cursor, signal) => {
        if (options.paceMs) await systemClock.sleep(options.paceMs, signal)
        return fetchAtOnce(cursor, signal)
      },
      meter,
      log: createLog({ name: 'test', level: 'silent' }),
      tuning: TUNING,
    },
    stop.signal,
  )
  return {
    meter,
    client,
    async [Symbol.asyncDispose]() {
      stop.abort(new Error('over'))
      await done
      getter[Symbol.dispose]()
      client.disconnect()
    },
  }
}

async function storedIn(redis: Redis): Promise<ListedRepo[]> {
  const entries = await redis.xrange(REPO_STREAM, '-', '+')
  return entries.map(([, fields]) => {
    expect(fields[0]).toBe(REPO_FIELD)
    return JSON.parse(fields[1] ?? '') as ListedRepo
  })
}

const didsIn = async (redis: Redis) => (await storedIn(redis)).map(({ did }) => did)
const keyOf = (host: ListingHost) => cursorKey(REPO_STREAM, host.url)
const untilDone = (redis: Redis, host: ListingHost) =>
  until(async () => (await redis.get(keyOf(host))) === LISTING_DONE, {
    within: seconds(5),
    what: 'mark of the end',
  })

describe('a listing', () => {
  test('stores every repo once, as other systems write it, and then marks its end', async ({ redis }) => {
    await using host = await startListingHost(10)
    const all = [...listings(34), { ...aListing(34), active: false, status: 'takendown' }]
    host.list(...all)
    await using listing = await startListing(redis, host)
    await untilDone(redis, host)

    const stored = await storedIn(redis)
    expect(stored.map(({ did }) => did)).toEqual(all.map(({ did }) => did))
    expect(stored[0]).toEqual({
      did: all[0]?.did,
      host: host.url,
      rev: all[0]?.rev,
      status: null,
      active: true,
    })
    expect(stored.at(-1)).toMatchObject({ status: 'takendown', active: false })
    expect(keyOf(host)).toBe(`repo_backfill:cursor:${new URL(host.url).host}`)
    const metrics = await listing.meter.registry.metrics()
    expect(metrics).toMatch(/standpipe_list_repos_pages_total\{.*\} 4\n/)
    expect(metrics).toMatch(/standpipe_list_repos_appended_entries_total\{.*\} 35\n/)
    expect(metrics).toMatch(/standpipe_list_repos_done\{.*\} 1\n/)
    expect(metrics).toMatch(/standpipe_list_repos_newest_page_timestamp_seconds\{.*\} \d/)
  })

  test('finds newcomers later, each once, be they few or more than a page', async ({ redis }) => {
    await using host = await startListingHost(10)
    host.list(...listings(15))
    await using _listing = await startListing(redis, host)
    await untilDone(redis, host)
    for (const total of [17, 20, 21, 55]) {
      const known = (await didsIn(redis)).length
      host.list(...listings(total - known, known))
      await until(async () => (await redis.xlen(REPO_STREAM)) === total, {
        within: seconds(5),
        what: 'newcomers',
      })
    }
    await untilDone(redis, host)
    expect(await didsIn(redis)).toEqual(listings(55).map(({ did }) => did))
  })

  test('goes on after the stored cursor', async ({ redis }) => {
    await using host = await startListingHost(10)
    host.list(...listings(25))
    await redis.set(keyOf(host), '20')
    await using _listing = await startListing(redis, host)
    await untilDone(redis, host)
    expect(await didsIn(redis)).toEqual(listings(5, 20).map(({ did }) => did))
  })

  test('that another program has finished is left alone', async ({ redis }) => {
    await using host = await startListingHost(10)
    host.list(...listings(5))
    await redis.set(keyOf(host), LISTING_DONE)
    await using listing = await startListing(redis, host)
    await until(async () => /_done\{.*\} 1\n/.test(await listing.meter.registry.metrics()), {
      within: seconds(5),
      what: 'look at the cursor',
    })
    expect(host.requests).toBe(0)
  })

  test('waits while the stream is full, and loses nothing by it', async ({ redis }) => {
    await using host = await startListingHost(10)
    host.list(...listings(50))
    await using listing = await startListing(redis, host, { highWater: 20 })
    await until(
      async () => /backpressure_seconds_total\{.*\} 0\.\d*[1-9]/.test(await listing.meter.registry.metrics()),
      {
        within: seconds(5),
        what: 'wait',
      },
    )
    expect(await redis.xlen(REPO_STREAM)).toBe(20)
    expect(await redis.get(keyOf(host))).toBe('20')

    const seen: string[] = []
    await until(
      async () => {
        const entries = await redis.xrange(REPO_STREAM, '-', '+')
        if (entries.length > 0) await redis.xdel(REPO_STREAM, ...entries.map(([id]) => id))
        seen.push(...entries.map(([, [, text]]) => (JSON.parse(text ?? '') as ListedRepo).did))
        return seen.length === 50
      },
      { within: seconds(5), what: 'rest of the repos' },
    )
    expect(seen).toEqual(listings(50).map(({ did }) => did))
  })
})

describe('a listing that fails', () => {
  test('in any way that a host can fail it goes on where it was', async ({ redis }) => {
    await using host = await startListingHost(10)
    const all = listings(25)
    host.list(...all)
    const json = (body: string) => (response: ServerResponse) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(body)
    host.intercept(
      (response) => void response.writeHead(500).end(),
      (response) => void response.writeHead(429, { 'retry-after': '0' }).end(),
      (response) => void response.destroy(),
      () => {},
      null,
      json('{"repos":'),
      json('{"repos":7}'),
      json('[]'),
      json('null'),
      json('{"repos":[],"cursor":10}'),
      json(`{"repos":[],"cursor":"10"}`),
      (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('{"repos":[]}'),
      (response) => void response.writeHead(302, { location: '/elsewhere' }).end(),
      (response) =>
        void response.writeHead(200, { 'content-type': 'application/json' }).end(' '.repeat(5_000_000)),
    )
    await using listing = await startListing(redis, host)
    await untilDone(redis, host)
    expect(await didsIn(redis)).toEqual(all.map(({ did }) => did))
    const metrics = await listing.meter.registry.metrics()
    for (const reason of [
      'server-error',
      'throttled',
      'host-unreachable',
      'timed-out',
      'malformed-answer',
      'wrong-content-type',
      'too-many-redirects',
      'too-big',
    ]) {
      expect(metrics).toMatch(new RegExp(`list_repos_failures_total\\{.*reason="${reason}"\\} [1-9]`))
    }
  })

  test('over single items leaves those out and counts them', async ({ redis }) => {
    await using host = await startListingHost(10)
    host.list(aListing(1), { ...aListing(2), did: '../../etc' }, aListing(3))
    await using listing = await startListing(redis, host)
    await untilDone(redis, host)
    expect(await didsIn(redis)).toEqual([aListing(1).did, aListing(3).did])
    expect(await listing.meter.registry.metrics()).toMatch(/list_repos_rejected_total\{.*\} 1\n/)
  })

  test('because Redis hung up after it stored a page does not store it again', async ({ redis }) => {
    await using host = await startListingHost(10)
    host.list(...listings(40))
    await using listing = await startListing(redis, host)
    for (let round = 0; round < 10; round += 1) {
      await until(async () => (await redis.xlen(REPO_STREAM)) >= round * 4, {
        within: seconds(5),
        what: 'entries',
      })
      await redis.call('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes')
    }
    await untilDone(redis, host)
    expect(await listing.meter.registry.metrics()).toMatch(/failures_total\{.*reason="unexpected"\} [1-9]/)
    expect(await didsIn(redis)).toEqual(listings(40).map(({ did }) => did))
  })
})

/**
 * How the system before us ended a listing: the cursor is saved with each page, entries go through a queue to a
 * writer, and when the last page has come the writer is ended at once.
 */
async function listAsBefore(redis: Redis, host: ListingHost): Promise<void> {
  const fetchPage = pageFetcher(createGetter({ policy: NAMED_HOST, headersWithin: 500 }), host.url, PATIENCE)
  const queue: ListedRepo[] = []
  const writer = new AbortController()
  const write = async () => {
    while (!writer.signal.aborted) {
      const batch = queue.splice(0, 10)
      const pipeline = redis.pipeline()
      for (const repo of batch) pipeline.xadd(REPO_STREAM, '*', REPO_FIELD, JSON.stringify(repo))
      await pipeline.exec()
      await systemClock.sleep(5)
    }
  }
  const writing = write()
  for (let cursor: string | null = ''; cursor !== null; ) {
    const page = await fetchPage(cursor, writer.signal)
    queue.push(...page.repos)
    cursor = page.cursor
    await redis.set(keyOf(host), cursor ?? LISTING_DONE)
  }
  writer.abort()
  await writing
}

describe('the tail of a listing', () => {
  test('is lost by a writer that is ended with the last page: the old behaviour, as a control', async ({
    redis,
  }) => {
    await using host = await startListingHost(20)
    host.list(...listings(200))
    await listAsBefore(redis, host)
    expect(await redis.get(keyOf(host))).toBe(LISTING_DONE)
    expect(await redis.xlen(REPO_STREAM)).toBeLessThan(200)
  })

  test('is in the stream when the mark of the end is there, whenever the listing is cut off', async ({
    redis,
  }) => {
    await using host = await startListingHost(20)
    host.list(...listings(200))
    let cuts = 0
    while ((await redis.get(keyOf(host))) !== LISTING_DONE) {
      const listing = await startListing(redis, host, { paceMs: 30 })
      const before = await redis.xlen(REPO_STREAM)
      await until(async () => (await redis.xlen(REPO_STREAM)) > before, { within: seconds(5), what: 'page' })
      // What is under way at this moment gets no answer.
      listing.client.disconnect()
      await listing[Symbol.asyncDispose]()
      cuts += 1
      const mark = await redis.get(keyOf(host))
      const stored = await redis.xlen(REPO_STREAM)
      expect(stored).toBe(mark === LISTING_DONE ? 200 : Number(mark))
    }
    expect(cuts).toBeGreaterThan(1)
    expect(await didsIn(redis)).toEqual(listings(200).map(({ did }) => did))
  })
})
