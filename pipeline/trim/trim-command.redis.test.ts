import { PassThrough } from 'node:stream'
import type { Redis } from 'ioredis'
import { expect } from 'vitest'
import { command } from '#pipeline/trim.command.ts'
import { test } from '#test/support/redis.ts'

const STREAM = 'firehose_live'

async function trim(
  redisUrl: string,
  flags: { dryRun?: boolean; json?: boolean; keepAtLeast?: string } = {},
): Promise<string> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const args = {
    redisUrl,
    stream: STREAM,
    keepAtLeast: undefined,
    dryRun: false,
    json: false,
    ...flags,
    _: [],
    $0: 'standpipe',
  }
  await command.run(args, { signal: new AbortController().signal, stdout, stderr })
  return String(stdout.read())
}

async function fill(redis: Redis): Promise<void> {
  const pipeline = redis.pipeline()
  for (let id = 1; id <= 1_000; id += 1) pipeline.xadd(STREAM, `${id}-0`, 'event', '{}')
  await pipeline.exec()
  await redis.xgroup('CREATE', STREAM, 'fast', '1000-0')
  await redis.xgroup('CREATE', STREAM, 'slow', '500-0')
}

test('a dry run says what may go, who needs the rest, and removes nothing', async ({ redis, server }) => {
  await fill(redis)
  expect(await trim(server.url, { dryRun: true })).toBe(
    'firehose_live: what lies below 500-1 may go; group slow needs everything from 500-1 on\n',
  )
  expect(await redis.xlen(STREAM)).toBe(1_000)
})

test('a trim removes it and says how much', async ({ redis, server }) => {
  await fill(redis)
  expect(JSON.parse(await trim(server.url, { json: true }))).toEqual({
    stream: STREAM,
    removed: 500,
    keepFrom: '500-1',
    pinnedBy: 'slow',
    floored: false,
    keepEntries: 0,
  })
  expect(await redis.xlen(STREAM)).toBe(500)
})

test('what --keep-at-least keeps is said, and kept', async ({ redis, server }) => {
  await fill(redis)
  expect(await trim(server.url, { dryRun: true, keepAtLeast: '12h' })).toContain('which is no time')
  expect(await trim(server.url, { dryRun: true, keepAtLeast: '600' })).toContain(
    'needs everything from 500-1 on, and 600 entries stay in any case',
  )
  expect(await trim(server.url, { keepAtLeast: '600' })).toContain('removed 400 entries')
  expect(await redis.xlen(STREAM)).toBe(600)
})

test('a stream without groups loses nothing', async ({ redis, server }) => {
  await redis.xadd(STREAM, '1-0', 'event', '{}')
  expect(await trim(server.url)).toBe(
    'firehose_live has no group, so nothing says what may go: nothing removed\n',
  )
})
