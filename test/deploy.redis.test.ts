import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { audit } from '#audit/audit.ts'
import { startChild } from '#kernel/process/child.ts'
import { findExecutable } from '#kernel/process/find-executable.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'

/** Checks of what deploy/redis.conf decides; the others speak of the host, or of a maxmemory that fits it. */
const DECIDED = [
  'eviction-policy',
  'append-only-file',
  'append-fsync',
  'aof-rewrite',
  'no-appendfsync-on-rewrite',
  'rdb-save-coupling',
  'client-output-buffer',
  'tcp-keepalive',
  'stream-node-size',
]

const verdictsOf = async (url: string) => {
  const { findings } = await audit(url)
  return findings
    .filter(({ check }) => DECIDED.includes(check))
    .map(({ check, verdict }) => ({ check, verdict }))
}

const isWell = ({ verdict }: { verdict: string }) => verdict === 'pass' || verdict === 'not-applicable'

test('a Redis with deploy/redis.conf passes every check of what that file decides', async () => {
  await using folder = await temporaryFolder('deploy')
  const socket = join(folder.path, 'redis.sock')
  const args = [resolve('deploy/redis.conf'), '--port', '0', '--unixsocket', socket, '--dir', folder.path]
  const binary = findExecutable('redis-server') ?? ''
  await using _server = await startChild(binary, [...args, '--maxmemory', '100mb'], { name: 'redis-server' })
  const url = `unix://${socket}`
  await until(
    async () => {
      const probe = await connectRedis(url, { name: 'test' })
      probe.disconnect()
      return true
    },
    { within: seconds(10), what: 'answer from Redis' },
  )
  const verdicts = await verdictsOf(url)
  expect(verdicts.filter((one) => !isWell(one))).toEqual([])
  expect(new Set(verdicts.map(({ check }) => check))).toEqual(new Set(DECIDED))
})

test('control: a Redis as a distribution ships it does not', async () => {
  await using server = await startPrivateRedis({
    config: { appendonly: 'no', 'maxmemory-policy': 'allkeys-lru', maxmemory: '100mb', save: '60 1' },
  })
  expect((await verdictsOf(server.url)).filter((one) => !isWell(one)).length).toBeGreaterThan(1)
})
