import { globSync } from 'node:fs'
import { readFile, stat, truncate } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { startChild } from '#kernel/process/child.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { type PrivateRedis, startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { hostedPopulation } from '#loadtest/network/hosts/hosted-population.ts'
import type { HostedRepo } from '#loadtest/network/hosts/hosted-repo.ts'
import { startListingHost, toListing } from '#loadtest/network/hosts/listing-host.ts'
import { misbehave } from '#loadtest/network/hosts/misbehaviour.ts'
import {
  BACKFILL_STREAM,
  cursorKey,
  LISTING_DONE,
  REPO_STREAM,
  type StreamEvent,
} from '#pipeline/contract.ts'
import { type Hosting, hosting, unsettled } from '#test/support/backfill.ts'
import { test } from '#test/support/redis.ts'

const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url))

const standpipe = (...args: readonly string[]) =>
  startChild(process.execPath, [CLI, ...args], { name: `standpipe ${args[0]}` })

const backfill = ({ url }: PrivateRedis, { plc }: Hosting, ...more: readonly string[]) => {
  const network = ['--redis-url', url, '--plc-url', plc.url, '--allow-private-hosts', 'true']
  const work = ['--collections', '*', '--claim-idle', '1', '--batch-entries', '50']
  return standpipe('backfill', ...network, ...work, ...more)
}

/** CIDs by path, of what the events say about a repo. */
function recordsOf(events: readonly StreamEvent[], { did }: HostedRepo) {
  return events.flatMap((event) =>
    event.type === 'create' && event.did === did
      ? [[`${event.collection}/${event.rkey}`, event.cid] as const]
      : [],
  )
}

const cidsOf = ({ records }: HostedRepo) => new Map([...records].map(([path, { cid }]) => [path, cid]))

const repos = hostedPopulation({ seed: 41, repos: 60, records: 200 })

test('every record of every listed repo is in the stream, each once', async ({ server, redis }) => {
  await using hosts = await hosting(repos, 3)
  await using relay = await startListingHost(25)
  relay.list(...repos.map(toListing))
  const port = await freePort()
  const from = ['--relay', relay.url.replace('http', 'ws'), '--redis-url', server.url]
  await using listing = await standpipe('ingest', 'repos', ...from)
  await using backfiller = await backfill(
    server,
    hosts,
    '--host-spacing',
    '0',
    '--metrics-port',
    String(port),
  )
  await until(
    async () =>
      (await redis.get(cursorKey(REPO_STREAM, relay.url))) === LISTING_DONE && (await unsettled(redis)) === 0,
    { within: seconds(40), what: 'settled stream of repos' },
  )

  const entries = await redis.xrange(BACKFILL_STREAM, '-', '+')
  const events = entries.map(([, [, text]]) => JSON.parse(text ?? '') as StreamEvent)
  for (const repo of repos) {
    const records = recordsOf(events, repo)
    expect(records).toHaveLength(repo.records.size)
    expect(new Map(records)).toEqual(cidsOf(repo))
  }
  expect(events.filter(({ type }) => type === 'repo')).toHaveLength(repos.length)
  expect(events).toHaveLength(60 * 200 + 60)

  expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200)
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  expect(metrics).toMatch(/standpipe_backfill_repos_total\{.*outcome="stored"\} 60\n/)
  expect(metrics).toMatch(/standpipe_backfill_records_total\{.*\} 12000\n/)
  await Promise.all([listing.kill('SIGTERM'), backfiller.kill('SIGTERM')])
  expect([listing.exit, backfiller.exit]).toEqual([0, 0])
})

test('a backfiller that is killed in the middle of a repo is made good by the next one', async ({
  server,
  redis,
}) => {
  await using hosts = await hosting(repos, 3)
  for (const { did } of repos) await redis.xadd(REPO_STREAM, '*', 'repo', JSON.stringify({ did }))
  const isInTheMiddle = async () => {
    const [last] = await redis.xrevrange(BACKFILL_STREAM, '+', '-', 'COUNT', 1)
    return last !== undefined && (JSON.parse(last[1][1] ?? '') as StreamEvent).type === 'create'
  }
  let kills = 0
  for (let round = 0; round < 3; round += 1) {
    const before = await redis.xlen(BACKFILL_STREAM)
    await using victim = await backfill(server, hosts, '--host-concurrency', '1', '--host-spacing', '20')
    await until(async () => (await redis.xlen(BACKFILL_STREAM)) > before && (await isInTheMiddle()), {
      within: seconds(20),
      every: 1,
      what: 'repo half stored',
    })
    await victim.kill('SIGKILL')
    kills += 1
    expect(await unsettled(redis)).toBeGreaterThan(0)
  }
  expect(kills).toBe(3)

  // Another name: what the dead one held must be claimed.
  await using _heir = await backfill(server, hosts, '--host-spacing', '0', '--backfiller', 'heir')
  await until(async () => (await unsettled(redis)) === 0, {
    within: seconds(40),
    what: 'settled stream of repos',
  })
  const entries = await redis.xrange(BACKFILL_STREAM, '-', '+')
  const events = entries.map(([, [, text]]) => JSON.parse(text ?? '') as StreamEvent)
  for (const repo of repos) {
    expect(new Map(recordsOf(events, repo))).toEqual(cidsOf(repo))
    const last = events.findLastIndex(({ did }) => did === repo.did)
    expect(events[last]).toMatchObject({ type: 'repo', rev: repo.rev, records: repo.records.size })
  }
})

test('a Redis that is killed loses no repo that was acknowledged', async ({ server, redis }) => {
  await using hosts = await hosting(repos, 3)
  for (const { did } of repos) await redis.xadd(REPO_STREAM, '*', 'repo', JSON.stringify({ did }))
  await using backfiller = await backfill(server, hosts, '--host-concurrency', '1', '--host-spacing', '20')
  await until(async () => (await redis.xlen(BACKFILL_STREAM)) > 2_000, {
    within: seconds(20),
    what: 'events',
  })
  await server.kill('SIGKILL')
  await server.start()
  await until(async () => (await unsettled(redis)) === 0, {
    within: seconds(40),
    what: 'settled stream of repos',
  })
  const entries = await redis.xrange(BACKFILL_STREAM, '-', '+')
  const events = entries.map(([, [, text]]) => JSON.parse(text ?? '') as StreamEvent)
  for (const repo of repos) expect(new Map(recordsOf(events, repo))).toEqual(cidsOf(repo))
  await backfiller.kill('SIGTERM')
  expect(backfiller.exit).toBe(0)
})

/** Cuts the newest append-only file: what a power loss does to the last second before it. */
async function forget(server: PrivateRedis, after: number): Promise<void> {
  await server.kill('SIGKILL')
  await truncate(aofOf(server), after)
  await server.start()
}

function aofOf({ dir }: PrivateRedis): string {
  const [file] = globSync(`${dir}/appendonlydir/*.incr.aof`)
  if (!file) throw new Error(`no append-only file in ${dir}`)
  return file
}

test('a Redis that forgets what it confirmed in the middle of a repo gets all of it again', async () => {
  // With any other policy a write may reach the file seconds after its reply, and the size would say little.
  await using server = await startPrivateRedis({ config: { appendfsync: 'always' } })
  const redis = await connectRedis(server.url, { name: 'test' })
  using _client = { [Symbol.dispose]: () => redis.disconnect() }
  const [repo] = repos as [HostedRepo]
  await using hosts = await hosting([repo])
  await redis.xadd(REPO_STREAM, '*', 'repo', JSON.stringify({ did: repo.did }))
  const { size } = await stat(aofOf(server))
  // Beyond its mark the output takes no more: the repo is half stored, and waits.
  await using _backfiller = await backfill(server, hosts, '--high-water', '100')
  await until(async () => (await redis.xlen(BACKFILL_STREAM)) === 100, {
    within: seconds(20),
    what: 'half a repo',
  })

  await forget(server, size)
  await until(async () => (await redis.xlen(BACKFILL_STREAM)) === 100, {
    within: seconds(20),
    what: 'next half',
  })
  await redis.xtrim(BACKFILL_STREAM, 'MAXLEN', 0)
  const events: StreamEvent[] = []
  await until(
    async () => {
      // Asked first: what was stored before it was settled is then read below.
      const settled = (await unsettled(redis)) === 0
      const entries = await redis.xrange(BACKFILL_STREAM, '-', '+')
      events.push(...entries.map(([, [, text]]) => JSON.parse(text ?? '') as StreamEvent))
      if (entries.length > 0) await redis.xdel(BACKFILL_STREAM, ...entries.map(([id]) => id))
      return settled
    },
    { within: seconds(30), what: 'settled stream of repos' },
  )
  // What was thrown away here was forgotten there: only a repo that is stored again is whole.
  expect(new Map(recordsOf(events, repo))).toEqual(cidsOf(repo))
  expect(events.at(-1)).toMatchObject({ type: 'repo', records: repo.records.size })
})

test('a host that sends for ever costs no more memory than allowed', async ({ server, redis }) => {
  await using hosts = await hosting(repos.slice(0, 8))
  for (const repo of repos.slice(0, 8)) hosts.hostOf(repo).failAlways(repo.did, misbehave.sendForEver())
  for (const { did } of repos.slice(0, 8)) await redis.xadd(REPO_STREAM, '*', 'repo', JSON.stringify({ did }))
  const port = await freePort()
  const limits = [
    '--car-bytes',
    '64mb',
    '--car-memory',
    '32mb',
    '--host-concurrency',
    '8',
    '--metrics-port',
    String(port),
  ]
  await using backfiller = await backfill(server, hosts, ...limits)
  let most = 0
  await until(
    async () => {
      most = Math.max(most, await residentBytes(backfiller.pid))
      return (await unsettled(redis)) === 0
    },
    { within: seconds(40), every: 5, what: 'settled stream of repos' },
  )
  expect(await redis.xlen('repo_backfill_dlq')).toBe(8)
  expect(most).toBeGreaterThan(50 * 1_048_576)
  expect(most).toBeLessThan(400 * 1_048_576)
})

async function residentBytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1_024
}
