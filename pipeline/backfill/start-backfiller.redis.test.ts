import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { hostedPopulation } from '#loadtest/network/hosts/hosted-population.ts'
import { type HostedRepo, hostedRepo } from '#loadtest/network/hosts/hosted-repo.ts'
import { misbehave } from '#loadtest/network/hosts/misbehaviour.ts'
import { didDocument } from '#loadtest/network/hosts/plc-host.ts'
import {
  BACKFILL_STREAM,
  didKeyKey,
  didPdsKey,
  EVENT_FIELD,
  REPO_DEAD_LETTER_STREAM,
  REPO_FIELD,
  REPO_GROUP,
  REPO_STREAM,
  type StreamEvent,
} from '#pipeline/contract.ts'
import { backfillerOptions, enqueue, hosting, unsettled } from '#test/support/backfill.ts'
import { test } from '#test/support/redis.ts'
import { startBackfiller } from './start-backfiller.ts'

const [alice, bob, carol] = hostedPopulation({ seed: 7, repos: 3, records: 40 }) as [
  HostedRepo,
  HostedRepo,
  HostedRepo,
]

function toEvent([, fields]: [string, string[]]): StreamEvent {
  expect(fields[0]).toBe(EVENT_FIELD)
  return JSON.parse(fields[1] ?? '') as StreamEvent
}

async function eventsIn(redis: Redis): Promise<StreamEvent[]> {
  return (await redis.xrange(BACKFILL_STREAM, '-', '+')).map(toEvent)
}

/** What is in the stream, out of it. */
async function takeEvents(redis: Redis): Promise<StreamEvent[]> {
  const entries = await redis.xrange(BACKFILL_STREAM, '-', '+')
  if (entries.length > 0) await redis.xdel(BACKFILL_STREAM, ...entries.map(([id]) => id))
  return entries.map(toEvent)
}

const eventsOf = (events: readonly StreamEvent[], { did }: HostedRepo) =>
  events.filter((event) => event.did === did)

/** What the records of a repo look like as events, by path. */
function recordsIn(events: readonly StreamEvent[]) {
  return events.flatMap((event) =>
    event.type === 'create'
      ? [[`${event.collection}/${event.rkey}`, { cid: event.cid, record: event.record }] as const]
      : [],
  )
}

const byPath = (one: readonly [string, unknown], other: readonly [string, unknown]) =>
  one[0] < other[0] ? -1 : 1

const allSettled = (redis: Redis) =>
  until(async () => (await unsettled(redis)) === 0, { within: seconds(10), what: 'repo left unsettled' })

async function deadLetters(redis: Redis): Promise<Record<string, string>[]> {
  const letters = await redis.xrange(REPO_DEAD_LETTER_STREAM, '-', '+')
  return letters.map(([, fields]) => {
    const pairs = Array.from({ length: fields.length / 2 }, (_, at) => [fields[2 * at], fields[2 * at + 1]])
    return Object.fromEntries(pairs) as Record<string, string>
  })
}

describe('a repo', () => {
  test('becomes one create event per record, closed by a repo event, and is acknowledged', async ({
    server,
    redis,
  }) => {
    await using hosts = await hosting([alice])
    await enqueue(redis, [alice])
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)

    const events = await eventsIn(redis)
    expect(recordsIn(events)).toEqual([...alice.records].toSorted(byPath))
    for (const event of events) {
      expect(event).toMatchObject({ did: alice.did, seq: -1, rev: alice.rev, commit: alice.head })
    }
    expect(events.at(-1)).toEqual({
      type: 'repo',
      seq: -1,
      time: expect.any(String) as string,
      did: alice.did,
      commit: alice.head,
      rev: alice.rev,
      collections: ['*'],
      records: alice.records.size,
    })
  })

  test('of every host arrives whole, each record once, whatever the order of its blocks', async ({
    server,
    redis,
  }) => {
    const repos = hostedPopulation({ seed: 11, repos: 24, records: 60 })
    await using hosts = await hosting(repos, 4)
    await enqueue(redis, repos)
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)

    const events = await eventsIn(redis)
    for (const repo of repos) {
      expect(recordsIn(eventsOf(events, repo))).toEqual([...repo.records].toSorted(byPath))
    }
    expect(events.filter(({ type }) => type === 'repo')).toHaveLength(repos.length)
  })

  test('is filtered by collection before its records are decoded', async ({ server, redis }) => {
    await using hosts = await hosting([alice])
    await enqueue(redis, [alice])
    const collections = ['app.bsky.feed.*']
    await using backfiller = await startBackfiller(backfillerOptions(server.url, hosts, { collections }))
    await allSettled(redis)

    const wanted = [...alice.records].filter(([path]) => path.startsWith('app.bsky.feed.'))
    expect(wanted.length).toBeGreaterThan(0)
    expect(wanted.length).toBeLessThan(alice.records.size)
    const events = await eventsIn(redis)
    expect(recordsIn(events)).toEqual(wanted.toSorted(byPath))
    expect(events.at(-1)).toMatchObject({ type: 'repo', collections, records: wanted.length })
    const metrics = await backfiller.registry.metrics()
    expect(metrics).toMatch(
      new RegExp(`standpipe_backfill_filtered_records_total\\{.*\\} ${alice.records.size - wanted.length}\n`),
    )
  })

  test('without a record is closed all the same', async ({ server, redis }) => {
    const [empty] = hostedPopulation({ seed: 3, repos: 1, records: 0 }) as [HostedRepo]
    await using hosts = await hosting([empty])
    await enqueue(redis, [empty])
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)
    expect(await eventsIn(redis)).toMatchObject([{ type: 'repo', did: empty.did, records: 0 }])
  })

  test('whose account is deactivated becomes an account event', async ({ server, redis }) => {
    await using hosts = await hosting([alice])
    hosts.hostOf(alice).failAlways(alice.did, misbehave.refuse(400, 'RepoDeactivated'))
    await enqueue(redis, [alice])
    await using backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)
    expect(await eventsIn(redis)).toMatchObject([
      { type: 'account', seq: -1, did: alice.did, active: false, status: 'deactivated' },
    ])
    expect(await backfiller.registry.metrics()).toMatch(
      /standpipe_backfill_unavailable_total\{.*status="deactivated"\} 1/,
    )
  })
})

describe('where a repo is', () => {
  test('is remembered for a day, under the keys that other systems use', async ({ server, redis }) => {
    await using hosts = await hosting([alice])
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await enqueue(redis, [alice])
    await allSettled(redis)
    await enqueue(redis, [alice])
    await allSettled(redis)

    expect(hosts.plc.requests).toBe(1)
    expect(await redis.get(didKeyKey(alice.did))).toBe(alice.didKey)
    expect(await redis.get(didPdsKey(alice.did))).toBe(hosts.pdses[0]?.url)
    expect(await redis.ttl(didPdsKey(alice.did))).toBeGreaterThan(86_000)
  })

  test('is asked again before an account that has moved is given up', async ({ server, redis }) => {
    await using hosts = await hosting([alice, bob], 2)
    const [old, home] = [hosts.hostOf(bob), hosts.hostOf(alice)]
    await redis.set(didPdsKey(alice.did), old.url)
    await redis.set(didKeyKey(alice.did), bob.didKey)
    await enqueue(redis, [alice])
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)

    expect(await deadLetters(redis)).toEqual([])
    expect(recordsIn(await eventsIn(redis))).toHaveLength(alice.records.size)
    expect([old.requests, home.requests]).toEqual([1, 1])
    expect(await redis.get(didKeyKey(alice.did))).toBe(alice.didKey)
  })
})

describe('a failure that may pass', () => {
  test.for([
    ['a host that is busy', misbehave.throttle(0), 'throttled'],
    ['a host that is broken', misbehave.refuse(503), 'server-error'],
    ['an answer that breaks off', misbehave.truncate(2_000), 'truncated'],
    ['a file that ends too soon', misbehave.send((whole) => whole.subarray(0, 2_000)), 'truncated'],
    [
      'a page in place of a repo',
      misbehave.send(() => Buffer.from('<html>'), 'text/html'),
      'wrong-content-type',
    ],
    ['a host that says nothing', misbehave.keepSilent(), 'timed-out'],
    ['a host that sends no body', misbehave.announce(1_000), 'timed-out'],
    ['a host that sends a byte at a time', misbehave.trickle(20), 'timed-out'],
  ] as const)('is tried again: %s', async ([, how, reason], { server, redis }) => {
    await using hosts = await hosting([alice, bob])
    hosts.hostOf(alice).fail(alice.did, how, how)
    await enqueue(redis, [alice, bob])
    await using backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)

    const events = await eventsIn(redis)
    expect(recordsIn(eventsOf(events, alice))).toHaveLength(alice.records.size)
    expect(recordsIn(eventsOf(events, bob))).toHaveLength(bob.records.size)
    expect(await backfiller.registry.metrics()).toMatch(
      new RegExp(`standpipe_backfill_failed_attempts_total\\{.*reason="${reason}"\\} 2\n`),
    )
  })

  test('becomes a dead letter when it does not pass, together with the acknowledgement', async ({
    server,
    redis,
  }) => {
    await using hosts = await hosting([alice, bob])
    hosts.hostOf(alice).failAlways(alice.did, misbehave.refuse(500))
    await enqueue(redis, [alice, bob])
    const [first] = await redis.xrange(REPO_STREAM, '-', '+', 'COUNT', 1)
    await using backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)

    const [letter, ...others] = await deadLetters(redis)
    expect(others).toEqual([])
    expect(letter).toMatchObject({
      reason: 'server-error',
      error: 'the host answered with status 500',
      attempts: '3',
      stream: REPO_STREAM,
      group: REPO_GROUP,
      id: first?.[0],
    })
    expect(JSON.parse(letter?.[`field:${REPO_FIELD}`] ?? '')).toMatchObject({ did: alice.did })
    expect(Date.parse(letter?.['first-failed-at'] ?? '')).toBeLessThan(
      Date.parse(letter?.['last-failed-at'] ?? ''),
    )
    expect(eventsOf(await eventsIn(redis), alice)).toEqual([])
    const metrics = await backfiller.registry.metrics()
    expect(metrics).toMatch(/standpipe_backfill_dead_letters_total\{.*reason="server-error"\} 1\n/)
    expect(metrics).toMatch(/standpipe_backfill_repos_total\{.*outcome="dead-letter"\} 1\n/)
    expect(metrics).toMatch(/standpipe_backfill_repos_total\{.*outcome="stored"\} 1\n/)
  })

  test('with a time to wait is left alone for that long', async ({ server, redis }) => {
    await using hosts = await hosting([alice])
    hosts.hostOf(alice).fail(alice.did, misbehave.throttle(1))
    await enqueue(redis, [alice])
    const startedAt = Date.now()
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)
    expect(Date.now() - startedAt).toBeGreaterThanOrEqual(1_000)
    expect(hosts.hostOf(alice).requests).toBe(2)
  })
})

/** Turns one byte of a record, which only its hash can tell. */
const withOneByteTurned = (whole: Buffer): Buffer => {
  const turned = Buffer.from(whole)
  const at = turned.indexOf('createdAt') + 13
  turned[at] = (turned[at] ?? 0) ^ 1
  return turned
}

describe('a repo that is not to be believed', () => {
  test.for([
    ['a record that is not what its CID says', misbehave.send(withOneByteTurned), 'cid-mismatch'],
    ["somebody else's repo", misbehave.send(() => bob.car()), 'wrong-repo'],
    ['a file that is no CAR', misbehave.send(() => Buffer.from('\x05hello and more')), 'malformed-car'],
    ['a host that does not have it', misbehave.refuse(400, 'RepoNotFound'), 'repo-not-found'],
    ['a host that does not want to', misbehave.refuse(403, 'AuthRequired'), 'refused-by-host'],
    ['a host that sends us round in circles', misbehave.redirect(`?did=${alice.did}`), 'too-many-redirects'],
    ['a repo that never ends', misbehave.sendForEver(), 'too-big'],
    ['a repo that says it is huge', misbehave.announce(10_000_000_000), 'too-big'],
  ] as const)('is a dead letter after one attempt: %s', async ([, how, reason], { server, redis }) => {
    await using hosts = await hosting([alice, carol])
    hosts.hostOf(alice).failAlways(alice.did, how)
    await enqueue(redis, [alice, carol])
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)

    expect(await deadLetters(redis)).toMatchObject([{ reason, attempts: '1' }])
    const events = await eventsIn(redis)
    expect(eventsOf(events, alice).filter(({ type }) => type === 'repo')).toEqual([])
    expect(recordsIn(eventsOf(events, carol))).toHaveLength(carol.records.size)
  })

  test('is taken without a question when nobody asks for verification', async ({ server, redis }) => {
    await using hosts = await hosting([alice])
    hosts.hostOf(alice).failAlways(alice.did, misbehave.send(withOneByteTurned))
    await enqueue(redis, [alice])
    await using _backfiller = await startBackfiller(
      backfillerOptions(server.url, hosts, { verifyRepos: 'none' }),
    )
    await allSettled(redis)
    expect(await deadLetters(redis)).toEqual([])
    expect(recordsIn(await eventsIn(redis))).toHaveLength(alice.records.size)
  })

  test.for([
    ['signature', 'invalid-signature'],
    ['cid', null],
  ] as const)('signed by another key, at level %s', async ([verifyRepos, reason], { server, redis }) => {
    await using hosts = await hosting([alice])
    const pds = hosts.hostOf(alice).url
    hosts.plc.forge(alice.did, { ...didDocument({ ...bob, did: alice.did }, pds), id: alice.did })
    await enqueue(redis, [alice])
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts, { verifyRepos }))
    await allSettled(redis)
    expect((await deadLetters(redis)).map((letter) => letter['reason'])).toEqual(reason ? [reason] : [])
    expect(recordsIn(await eventsIn(redis))).toHaveLength(reason ? 0 : alice.records.size)
  })
})

describe('an account', () => {
  test.for([
    ['that no directory knows', 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa', undefined, 'did-not-found'],
    ['of another method', 'did:example:someone', undefined, 'unsupported-did'],
    ['whose document is about somebody else', alice.did, { id: bob.did }, 'malformed-did-document'],
    ['whose document is a list', alice.did, [], 'malformed-did-document'],
  ] as const)('%s is a dead letter', async ([, did, document, reason], { server, redis }) => {
    await using hosts = await hosting([])
    if (document) hosts.plc.forge(did, document)
    await enqueue(redis, [{ did }])
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)
    expect(await deadLetters(redis)).toMatchObject([{ reason, attempts: '1' }])
  })

  test.for([
    ['a loopback address', (url: string) => url.replace('http:', 'https:')],
    [
      'a name that leads to one',
      (url: string) => url.replace('http:', 'https:').replace('127.0.0.1', 'localhost'),
    ],
    ['plain http', (url: string) => url.replace('127.0.0.1', 'pds.example')],
    ['a metadata service', () => 'https://169.254.169.254'],
  ] as const)('whose document names %s is refused unless allowed', async ([, at], { server, redis }) => {
    await using hosts = await hosting([alice])
    const pds = hosts.hostOf(alice)
    hosts.plc.register(alice, at(pds.url))
    await enqueue(redis, [alice])
    const options = backfillerOptions(server.url, hosts, { allowPrivateHosts: false })
    await using _backfiller = await startBackfiller(options)
    await allSettled(redis)
    expect(await deadLetters(redis)).toMatchObject([{ reason: 'forbidden-host', attempts: '1' }])
    expect(pds.requests).toBe(0)
  })

  test('of did:web is found on its own host', async ({ server, redis }) => {
    await using hosts = await hosting([alice])
    const { url } = hosts.plc
    const did = `did:web:localhost%3A${new URL(url).port}`
    hosts.plc.forge('.well-known/did.json', {
      ...didDocument({ ...alice, did }, hosts.hostOf(alice).url),
      id: did,
    })
    await enqueue(redis, [{ did }])
    await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await allSettled(redis)
    // The repo is that of a did:plc: that it was asked for shows that the document was found.
    expect(await deadLetters(redis)).toMatchObject([{ reason: 'repo-not-found' }])
    expect(hosts.hostOf(alice).requests).toBe(1)
  })
})

test('an entry that names no repo is a dead letter', async ({ server, redis }) => {
  await using hosts = await hosting([])
  await redis.xadd(REPO_STREAM, '*', 'other', 'x')
  await redis.xadd(REPO_STREAM, '*', REPO_FIELD, '{')
  await redis.xadd(REPO_STREAM, '*', REPO_FIELD, '{"did":"../../admin"}')
  await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
  await allSettled(redis)
  const letters = await deadLetters(redis)
  expect(new Set(letters.map((letter) => letter['reason']))).toEqual(
    new Set(['malformed-repo', 'no-repo-field', 'not-json']),
  )
})

test('a full output holds everything back, and nothing is lost by it', async ({ server, redis }) => {
  const repos = hostedPopulation({ seed: 13, repos: 12, records: 50 })
  await using hosts = await hosting(repos, 2)
  await enqueue(redis, repos)
  const options = backfillerOptions(server.url, hosts, { highWater: 100, batchEntries: 20 })
  await using backfiller = await startBackfiller(options)
  const output = backfiller.probes.find(({ name }) => name === 'output')
  await until(() => output?.check() !== null, { within: seconds(5), what: 'full output' })
  expect(await redis.xlen(BACKFILL_STREAM)).toBeLessThan(100 + 20 * 8)

  const seen: StreamEvent[] = []
  await until(
    async () => {
      seen.push(...(await takeEvents(redis)))
      return (await unsettled(redis)) === 0 && (await redis.xlen(BACKFILL_STREAM)) === 0
    },
    { within: seconds(15), what: 'empty stream' },
  )
  for (const repo of repos) expect(recordsIn(eventsOf(seen, repo))).toHaveLength(repo.records.size)
  expect(await backfiller.registry.metrics()).not.toMatch(
    /backpressure_seconds_total\{stream="repo_backfill",.*\} 0\n/,
  )
})

test('no host is asked for more side by side, nor faster, than allowed', async ({ server, redis }) => {
  const repos = hostedPopulation({ seed: 17, repos: 10, records: 10 })
  await using hosts = await hosting(repos)
  await enqueue(redis, repos)
  const startedAt = Date.now()
  const polite = { hostConcurrency: 2, hostSpacing: 30 }
  await using _backfiller = await startBackfiller(backfillerOptions(server.url, hosts, polite))
  await allSettled(redis)
  const [pds] = hosts.pdses
  expect(pds?.busiest).toBeLessThanOrEqual(2)
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(9 * 30)
})

test('one bad host does not keep the others waiting', async ({ server, redis }) => {
  const repos = hostedPopulation({ seed: 19, repos: 12, records: 5 })
  await using hosts = await hosting(repos, 2)
  const bad = repos.filter((_, index) => index % 2 === 0)
  for (const repo of bad) hosts.hostOf(repo).failAlways(repo.did, misbehave.keepSilent())
  await enqueue(redis, repos)
  const options = backfillerOptions(server.url, hosts, { fetchAttempts: 1_000, hostConcurrency: 1 })
  await using backfiller = await startBackfiller(options)
  await until(async () => (await eventsIn(redis)).filter(({ type }) => type === 'repo').length === 6, {
    within: seconds(5),
    what: 'repos of the good host',
  })
  await backfiller.stop()
  expect(await unsettled(redis)).toBe(6)
})

describe('stopping', () => {
  test('leaves what is not stored pending, and the next one finishes it', async ({ server, redis }) => {
    const repos = hostedPopulation({ seed: 23, repos: 30, records: 40 })
    await using hosts = await hosting(repos, 2)
    await enqueue(redis, repos)
    const options = backfillerOptions(server.url, hosts, { hostConcurrency: 1, hostSpacing: 10 })
    const first = await startBackfiller(options)
    await until(async () => (await eventsIn(redis)).length > 100, { within: seconds(5), what: 'events' })
    await first.stop()
    expect(await unsettled(redis)).toBeGreaterThan(0)

    await using _second = await startBackfiller(options)
    await allSettled(redis)
    const events = await eventsIn(redis)
    for (const repo of repos) {
      expect(recordsIn(eventsOf(events, repo))).toEqual([...repo.records].toSorted(byPath))
    }
  })

  test('gives up a download that takes too long', async ({ server, redis }) => {
    await using hosts = await hosting([alice])
    hosts.hostOf(alice).failAlways(alice.did, misbehave.trickle(5))
    await enqueue(redis, [alice])
    const patience = { idle: 60_000, grace: 60_000, bytesPerSecond: 1, total: 60_000 }
    const backfiller = await startBackfiller(
      backfillerOptions(server.url, hosts, { tuning: { patience, drainWithin: 50 } }),
    )
    await until(() => hosts.hostOf(alice).requests === 1, { within: seconds(5), what: 'request' })
    await backfiller.stop()
    expect(await unsettled(redis)).toBe(1)
    expect(await deadLetters(redis)).toEqual([])
  })
})

test('what another consumer left pending is claimed', async ({ server, redis }) => {
  await using hosts = await hosting([alice, bob])
  await enqueue(redis, [alice, bob])
  await redis.xgroup('CREATE', REPO_STREAM, REPO_GROUP, '0')
  await redis.xreadgroup('GROUP', REPO_GROUP, 'dead', 'COUNT', 1, 'STREAMS', REPO_STREAM, '>')
  await using backfiller = await startBackfiller(backfillerOptions(server.url, hosts, { claimIdle: 1 }))
  await allSettled(redis)
  expect(recordsIn(eventsOf(await eventsIn(redis), alice))).toHaveLength(alice.records.size)
  expect(await backfiller.registry.metrics()).toMatch(/standpipe_backfill_reclaimed_total\{.*\} 1\n/)
})

test('repos that are done with are removed from their stream', async ({ server, redis }) => {
  await using hosts = await hosting([alice, bob])
  await enqueue(redis, [alice, bob])
  await using backfiller = await startBackfiller(backfillerOptions(server.url, hosts, { trim: true }))
  await until(async () => (await redis.xlen(REPO_STREAM)) <= 1, {
    within: seconds(15),
    what: 'trimmed stream',
  })
  expect(recordsIn(await eventsIn(redis))).toHaveLength(alice.records.size + bob.records.size)
  expect(await backfiller.registry.metrics()).toMatch(/standpipe_backfill_trimmed_total\{.*\} [12]\n/)
})

test('a pending repo whose entry is gone is counted as lost', async ({ server, redis }) => {
  await using hosts = await hosting([alice])
  await enqueue(redis, [alice])
  await redis.xgroup('CREATE', REPO_STREAM, REPO_GROUP, '0')
  await redis.xreadgroup('GROUP', REPO_GROUP, 'backfiller-1', 'COUNT', 1, 'STREAMS', REPO_STREAM, '>')
  await redis.xtrim(REPO_STREAM, 'MAXLEN', 0)
  await using backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
  await allSettled(redis)
  expect(await backfiller.registry.metrics()).toMatch(/standpipe_backfill_lost_bodies_total\{.*\} 1\n/)
})

test('a repo that another consumer has taken is given up, and left to it', async ({ server, redis }) => {
  await using hosts = await hosting([alice])
  hosts.hostOf(alice).failAlways(alice.did, misbehave.trickle(5))
  await enqueue(redis, [alice])
  const patience = { idle: 60_000, grace: 60_000, bytesPerSecond: 1, total: 60_000 }
  const options = backfillerOptions(server.url, hosts, { claimIdle: 1, tuning: { patience } })
  await using backfiller = await startBackfiller(options)
  await until(() => hosts.hostOf(alice).requests === 1, { within: seconds(5), what: 'request' })
  const [entry] = await redis.xrange(REPO_STREAM, '-', '+')
  await redis.xclaim(REPO_STREAM, REPO_GROUP, 'other', 0, entry?.[0] ?? '')
  await until(async () => /_fenced_total\{.*\} 1\n/.test(await backfiller.registry.metrics()), {
    within: seconds(5),
    what: 'repo given up',
  })
  await until(async () => /_held_repos\{.*\} 0\n/.test(await backfiller.registry.metrics()), {
    within: seconds(5),
    what: 'empty hand',
  })
  expect(await unsettled(redis)).toBe(1)
  expect(await eventsIn(redis)).toEqual([])
})

test('records that cannot become events are counted, their neighbours kept', async ({ server, redis }) => {
  const repo = hostedRepo({ name: 'odd', handle: 'odd.test', k256: true })
  const path = (rkey: string) => `app.bsky.feed.post/${rkey}`
  repo.commit(
    [
      { action: 'create', path: path('big'), record: { text: 'x'.repeat(5_000) } },
      { action: 'create', path: path('list'), record: ['no', 'map'] },
      { action: 'create', path: path('sound'), record: { text: 'y' } },
      { action: 'create', path: 'no-path', record: { text: 'z' } },
    ],
    '3k2222222222a',
  )
  await using hosts = await hosting([repo])
  await enqueue(redis, [repo])
  const tuning = { blocks: { block: 10_000, record: 1_000 } }
  await using backfiller = await startBackfiller(backfillerOptions(server.url, hosts, { tuning }))
  await allSettled(redis)
  expect(recordsIn(await eventsIn(redis)).map(([at]) => at)).toEqual([path('sound')])
  const metrics = await backfiller.registry.metrics()
  for (const reason of ['record-too-big', 'undecodable-record', 'malformed-key']) {
    expect(metrics).toMatch(
      new RegExp(`standpipe_backfill_rejected_records_total\\{.*reason="${reason}"\\} 1\n`),
    )
  }
})

test('every metric of a good run says what happened', async ({ server, redis }) => {
  await using hosts = await hosting([alice, bob])
  await enqueue(redis, [alice, bob])
  await using backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
  await allSettled(redis)
  await enqueue(redis, [alice])
  await allSettled(redis)
  const metrics = await backfiller.registry.metrics()
  const records = 2 * alice.records.size + bob.records.size
  for (const sample of [
    'delivered_total{.*} 3',
    'repos_total{.*outcome="stored"} 3',
    `records_total{.*} ${records}`,
    `appended_entries_total{.*} ${records + 3}`,
    `fetched_bytes_total{.*} ${2 * alice.car().length + bob.car().length}`,
    'identities_total{.*source="document"} 2',
    'identities_total{.*source="cache"} 1',
    'repo_seconds_count{.*} 3',
    'held_repos{.*} 0',
    'held_bytes{.*} 0',
  ]) {
    expect(metrics).toMatch(new RegExp(`standpipe_backfill_${sample.replaceAll(/[{}]/g, '\\$&')}\n`))
  }
})

test('a Redis that is too full to remember anything is waited for', async ({ server, redis }) => {
  await using hosts = await hosting([alice])
  await enqueue(redis, [alice])
  await redis.xgroup('CREATE', REPO_STREAM, REPO_GROUP, '0')
  // A share of almost nothing would have Redis hang up on every client.
  await redis.config('SET', 'maxmemory-clients', '0')
  await redis.config('SET', 'maxmemory', '1')
  try {
    await using backfiller = await startBackfiller(backfillerOptions(server.url, hosts))
    await until(async () => /redis_errors_total\{.*\} [1-9]/.test(await backfiller.registry.metrics()), {
      within: seconds(5),
      what: 'refusal',
    })
    expect(await redis.xlen(BACKFILL_STREAM)).toBe(0)
    await redis.config('SET', 'maxmemory', '0')
    await allSettled(redis)
    expect(recordsIn(await eventsIn(redis))).toHaveLength(alice.records.size)
  } finally {
    await redis.config('SET', 'maxmemory', '0')
  }
})
