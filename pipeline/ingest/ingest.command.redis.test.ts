import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { type Child, startChild } from '#kernel/process/child.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { cursorKey } from '#pipeline/contract.ts'
import { aCommitFrame } from '#test/support/firehose-frames.ts'
import { test } from '#test/support/redis.ts'
import { startScriptedRelay } from '#test/support/scripted-relay.ts'

const CLI = fileURLToPath(new URL('../../cli.ts', import.meta.url))

const ingest = (...flags: string[]): Promise<Child> =>
  startChild(process.execPath, [CLI, 'ingest', ...flags], { name: 'ingest' })

const commits = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({
    seq: from + index,
    bytes: aCommitFrame(from + index),
  }))

test('SIGTERM drains and exits with 0; metrics and readiness are served meanwhile', async ({
  server,
  redis,
}) => {
  await using relay = await startScriptedRelay()
  relay.say(...commits(1, 300))
  const flags = ['--relay', relay.url, '--redis-url', server.url, '--start', 'oldest', '--metrics-port', '0']
  await using child = await ingest(...flags)
  const key = cursorKey('firehose_live', relay.url)
  await until(async () => (await redis.get(key)) === '300', { within: seconds(10), what: 'cursor 300' })
  const url = /"url":"([^"]+)"/.exec(child.output.join('\n'))?.[1] ?? ''
  expect(await (await fetch(`${url}/metrics`)).text()).toContain(
    'standpipe_ingest_appended_entries_total{stream="firehose_live"} 300',
  )
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  relay.say(...commits(301, 310))
  await child.kill('SIGTERM')
  expect(child.exit).toBe(0)
  expect(await redis.xlen('firehose_live')).toBe(Number(await redis.get(key)))
})

test('a second signal ends it at once, even while Redis refuses', async ({ server, redis }) => {
  await using relay = await startScriptedRelay()
  relay.say(...commits(1, 50))
  const flags = ['--relay', relay.url, '--redis-url', server.url, '--start', 'oldest', '--high-water', '1']
  await using child = await ingest(...flags, '--batch-entries', '1')
  await until(async () => (await redis.xlen('firehose_live')) > 0, { within: seconds(10), what: 'an entry' })
  child.signal('SIGTERM')
  await until(() => relay.subscribers === 0, { within: seconds(5), what: 'end of intake' })
  await child.kill('SIGTERM')
  expect(child.exit).toBe('SIGTERM')
})

test.for([
  { flags: ['--relay', 'https://bsky.network'], code: 3, says: 'not a relay: "https://bsky.network/"' },
  {
    flags: ['--redis-url', 'redis://127.0.0.1:1'],
    code: 4,
    says: 'cannot reach Redis at redis://127.0.0.1:1',
  },
  { flags: ['--high-water', 'many'], code: 3, says: '--high-water "many": expected a whole number' },
])('$flags exits with $code and one sentence', async ({ flags, code, says }, { server }) => {
  await using child = await ingest('--redis-url', server.url, '--relay', 'ws://127.0.0.1:1', ...flags)
  expect(await child.ended).toBe(code)
  expect(child.output).toEqual([expect.stringContaining(`: ${says}`)])
})

test('a Redis that may evict the stream exits with 3 and says what to do', async ({ server, redis }) => {
  await redis.config('SET', 'maxmemory-policy', 'allkeys-lru')
  await using child = await ingest('--redis-url', server.url, '--relay', 'ws://127.0.0.1:1')
  const code = await child.ended
  await redis.config('SET', 'maxmemory-policy', 'noeviction')
  expect(code).toBe(3)
  expect(child.output.join()).toContain('config set maxmemory-policy noeviction')
  const probe = await connectRedis(server.url, { name: 'probe' })
  expect(await probe.exists('firehose_live')).toBe(0)
  probe.disconnect()
})
