import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { freePort } from '#kernel/process/free-port.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { keySlot } from '#kernel/redis/key-slot.ts'
import { type PrivateRedis, startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { refuseScatteredKeys } from '#kernel/redis/refuse-scattered-keys.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { companionKeys, cursorKey } from '#pipeline/contract.ts'
import { DIALECTS } from '#pipeline/dialects/dialects.ts'
import { aCommitFrame } from '#test/support/firehose-frames.ts'
import { test as base } from '#test/support/redis.ts'
import { type ScriptedRelay, startScriptedRelay } from '#test/support/scripted-relay.ts'
import type { IngesterOptions } from './ingester-options.ts'
import { startIngester } from './start-ingester.ts'

const OTHER = { host: '127.0.0.1:1', slots: '16000-16383' }

/** What a node that has always known another one, which is away, finds when it starts. */
const nodes = (bus: number) =>
  [
    `${'a'.repeat(40)} 127.0.0.1:1@${bus} myself,master - 0 0 1 connected 0-15999`,
    `${'b'.repeat(40)} ${OTHER.host}@2 master - 0 0 2 connected ${OTHER.slots}`,
    'vars currentEpoch 2 lastVoteEpoch 0',
    '',
  ].join('\n')

/** A node of a cluster that serves nearly all slots. */
const test = base.extend<{ node: { server: PrivateRedis; redis: Redis } }>({
  node: [
    // oxlint-disable-next-line no-empty-pattern -- vitest reads a fixture's needs from this pattern
    async ({}, use) => {
      await using folder = await temporaryFolder('cluster')
      const bus = await freePort()
      const file = join(folder.path, 'nodes.conf')
      writeFileSync(file, nodes(bus))
      await using server = await startPrivateRedis({
        listen: 'loopback',
        config: {
          'cluster-enabled': 'yes',
          'cluster-port': String(bus),
          'cluster-config-file': file,
          'cluster-require-full-coverage': 'no',
        },
      })
      const redis = await connectRedis(server.url, { name: 'test' })
      await until(async () => /cluster_state:ok/.test(String(await redis.cluster('INFO'))), {
        within: seconds(10),
        what: 'cluster that serves',
      })
      await use({ server, redis })
      redis.disconnect()
    },
    { scope: 'file' },
  ],
})

const start = (server: PrivateRedis, relay: ScriptedRelay, options: Partial<IngesterOptions>) =>
  startIngester({
    relay: relay.url,
    redisUrl: server.url,
    stream: '{fh}:live',
    start: 'oldest',
    collections: ['*'],
    highWater: 100_000,
    batchEntries: 10,
    inFlightBytes: 1_000_000,
    log: createLog({ name: 'ingest', level: 'silent' }),
    ...options,
  })

test('in a cluster, a stream with a hash tag is written together with its cursor', async ({ node }) => {
  await using relay = await startScriptedRelay()
  relay.say(...[1, 2, 3].map((seq) => ({ seq, bytes: aCommitFrame(seq) })))
  await using ingester = await start(node.server, relay, {})
  await until(() => ingester.counts.cursor === 3, { within: seconds(5), what: 'events' })
  expect(await node.redis.xlen('{fh}:live')).toBe(3)
})

test('one without is refused in a sentence that says how to name it', async ({ node }) => {
  await using relay = await startScriptedRelay()
  await expect(start(node.server, relay, { stream: 'firehose_live' })).rejects.toThrow(
    /is a cluster.*different slots.*--stream '\{firehose_live\}'/,
  )
  await expect(
    start(node.server, relay, { dialect: DIALECTS.publicappview, stream: '{firehose}:events' }),
  ).rejects.toThrow('firehose:python_cursor')
  expect(relay.cursors).toEqual([])
})

test('a stream that another node serves is refused with the name of that node', async ({ node }) => {
  const there = Array.from({ length: 500 }, (_, at) => `{${at}}:live`).find((key) => keySlot(key) >= 16_000)
  await expect(refuseScatteredKeys(node.redis, there ?? '', [])).rejects.toThrow(
    `give that one as --redis-url redis://${OTHER.host}`,
  )
})

test('every key beside a stream with a hash tag lies in its slot, and the server thinks so too', async ({
  node,
}) => {
  const stream = '{fh}:live'
  const keys = [stream, cursorKey(stream, 'wss://relay.example'), ...companionKeys(stream, 'g')]
  expect(new Set(keys.map(keySlot))).toEqual(new Set([Number(await node.redis.cluster('KEYSLOT', 'fh'))]))
  const plain = [LIVE, cursorKey(LIVE, 'relay.example'), ...companionKeys(LIVE, 'g')]
  expect(new Set(plain.map(keySlot)).size).toBeGreaterThan(1)
})

const LIVE = 'firehose_live'

test('on a server alone, nothing is scattered', async ({ redis }) => {
  await refuseScatteredKeys(redis, LIVE, companionKeys(LIVE, 'g'))
})
