import type { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { freePort } from '#kernel/process/free-port.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { type PrivateRedis, startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { until } from '#kernel/time/until.ts'
import { type RedisWithConfig, startRedisWithConfig } from '#test/support/redis-with-config.ts'
import { audit } from '../audit.ts'
import type { AuditResults } from '../audit-results.ts'

const foundBy = ({ findings }: AuditResults, check: string) =>
  findings.filter((finding) => finding.check === check)

describe('a cluster of three', () => {
  const servers: PrivateRedis[] = []
  const clients: Redis[] = []
  /** `host:port` of each, and a stream that lies on it. */
  const addresses: string[] = []
  const streams: string[] = []

  beforeAll(async () => {
    const busPorts = await Promise.all([freePort(), freePort(), freePort()])
    const config = (at: number) => ({ 'cluster-enabled': 'yes', 'cluster-port': String(busPorts[at]) })
    servers.push(
      ...(await Promise.all(
        [0, 1, 2].map((at) => startPrivateRedis({ listen: 'loopback', config: config(at) })),
      )),
    )
    for (const { url } of servers) clients.push(await connectRedis(url, { name: 'test' }))
    addresses.push(...servers.map(({ url }) => new URL(url).host))
    const [first] = clients
    const ranges = [
      [0, 5_460],
      [5_461, 10_922],
      [10_923, 16_383],
    ]
    for (const [at, redis] of clients.entries()) {
      await redis.call('CLUSTER', 'ADDSLOTSRANGE', ...(ranges[at] ?? []).map(String))
      await redis.call('CLUSTER', 'SET-CONFIG-EPOCH', String(at + 1))
      const port = new URL(servers[at]?.url ?? '').port
      if (redis !== first) await first?.call('CLUSTER', 'MEET', '127.0.0.1', port, String(busPorts[at]))
    }
    for (const redis of clients) {
      await until(async () => /cluster_state:ok/.test(String(await redis.call('CLUSTER', 'INFO'))), {
        within: 15_000,
        what: 'cluster of three',
      })
    }
    for (const redis of clients) streams.push(await streamOn(redis))
  })

  afterAll(async () => {
    for (const redis of clients) redis.disconnect()
    for (const server of servers) await server[Symbol.asyncDispose]()
  })

  test('is judged primary by primary, each with the streams that lie on it', async () => {
    await clients[2]?.config('SET', 'maxmemory-policy', 'allkeys-lru')
    const results = await audit(servers[0]?.url ?? '', { streams: [...streams, 'firehose_live'] })
    const told = (check: string) =>
      new Map(foundBy(results, check).map(({ subject, verdict }) => [subject, verdict]))
    expect([...told('eviction-policy')]).toEqual(
      expect.arrayContaining(
        addresses.map((address, at) => [expect.stringContaining(`${address}: `), at === 2 ? 'fail' : 'pass']),
      ),
    )
    const own = streams.map((stream): [string, string] => [stream, 'pass'])
    expect(told('stream-expiry')).toEqual(new Map(own))
    expect(told('cluster-slots')).toEqual(new Map([['firehose_live', 'fail'], ...own]))
    expect(told('cluster-nodes')).toEqual(
      new Map([['slots', 'pass'], ...addresses.map((address): [string, string] => [address, 'warn'])]),
    )
    expect(results.findings.filter(({ observed }) => observed.includes('MOVED'))).toEqual([])
  })

  test('that has lost a primary is unknown there, and judged elsewhere', async () => {
    await servers[1]?.kill('SIGKILL')
    const results = await audit(servers[0]?.url ?? '', { streams })
    expect(foundBy(results, 'stream-expiry').map(({ subject, verdict }) => [subject, verdict])).toEqual(
      expect.arrayContaining([
        [streams[0], 'pass'],
        [`${addresses[1]}: redis`, 'unknown'],
        [streams[2], 'pass'],
      ]),
    )
    expect(foundBy(results, 'max-memory').map(({ observed }) => observed)).toContainEqual(
      expect.stringContaining(`cannot reach Redis at redis://${addresses[1]}`),
    )
  })

  test('a connection that is handed over is judged alone', async () => {
    const [redis] = clients
    if (!redis) throw new Error('no cluster')
    const results = await audit(redis, { streams: streams.slice(0, 1) })
    expect(foundBy(results, 'max-memory').map(({ subject }) => subject)).toEqual(['maxmemory'])
  })
})

/** Puts a stream whose name this node serves there; others answer with MOVED. */
async function streamOn(redis: Redis, at = 0): Promise<string> {
  const stream = `{firehose-${at}}`
  try {
    await redis.xadd(stream, '*', 'event', '{}')
    return stream
  } catch {
    return streamOn(redis, at + 1)
  }
}

describe('a Sentinel', () => {
  let primary: PrivateRedis
  let sentinel: RedisWithConfig
  let address: string

  beforeAll(async () => {
    primary = await startPrivateRedis({ listen: 'loopback' })
    const port = await freePort()
    address = `127.0.0.1:${port}`
    sentinel = await startRedisWithConfig(
      [`port ${port}`, `sentinel monitor buffer 127.0.0.1 ${new URL(primary.url).port} 1`],
      { args: ['--sentinel'] },
    )
  })

  afterAll(async () => {
    await sentinel[Symbol.asyncDispose]()
    await primary[Symbol.asyncDispose]()
  })

  test('named as such leads to its primary, which is judged with it', async () => {
    const redis = await connectRedis(primary.url, { name: 'test' })
    await redis.xadd('firehose_live', '*', 'event', '{}')
    redis.disconnect()
    const results = await audit(`sentinel://${address}/buffer`)
    expect(results.server.url).toBe(`sentinel://${address}/buffer`)
    expect(foundBy(results, 'server-role').map(({ verdict }) => verdict)).toEqual(['pass'])
    expect(foundBy(results, 'stream-expiry').map(({ verdict }) => verdict)).toEqual(['pass'])
    expect(foundBy(results, 'sentinel-quorum')).toMatchObject([
      {
        subject: 'buffer: quorum',
        verdict: 'warn',
        observed: '1 Sentinels, 1 of which must find the primary down',
      },
      { subject: 'buffer: replicas', verdict: 'fail' },
      { subject: 'buffer: primary', verdict: 'pass' },
    ])
  })

  test('taken for a server leads to the one primary that it watches', async () => {
    const results = await audit(sentinel.url)
    expect(foundBy(results, 'server-role').map(({ verdict }) => verdict)).toEqual(['pass'])
  })

  test('that watches no primary of that name says which it watches', async () => {
    await expect(audit(`sentinel://${address}/other`)).rejects.toThrow('watches no "other", only buffer')
    await expect(audit(`sentinel://${new URL(primary.url).host}/buffer`)).rejects.toThrow('is no Sentinel')
  })

  test('leads every other command to its primary as well', async () => {
    const redis = await connectRedis(`sentinel://${address}/buffer`, { name: 'test' })
    expect((await redis.role())[0]).toBe('master')
    redis.disconnect()
  })

  test('whose primary is away says which that is', async () => {
    await primary.kill('SIGKILL')
    await expect(audit(sentinel.url)).rejects.toThrow(
      /^cannot reach Redis at .+ names it as the primary of "buffer"$/,
    )
    await primary.start()
  })
})
