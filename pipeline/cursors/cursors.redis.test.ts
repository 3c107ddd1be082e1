import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { UsageError } from '#kernel/errors.ts'
import { cursorKey, EVENT_FIELD } from '#pipeline/contract.ts'
import { createAppend } from '#pipeline/ingest/append/append.ts'
import { findCursor } from '#pipeline/ingest/find-cursor.ts'
import { createHandover } from '#pipeline/ingest/handover.ts'
import { test } from '#test/support/redis.ts'
import { runCommand } from '#test/support/run-command.ts'
import { aCreateEvent } from '#test/support/stream-events.ts'
import { command as importing } from './import.command.ts'
import { command as list } from './list.command.ts'
import { moveCursor } from './move-cursor.ts'
import { planMove } from './plan-move.ts'
import { command as set } from './set.command.ts'
import type { StoredCursor } from './stored-cursor.ts'

const STREAM = 'firehose_live'
const OURS = cursorKey(STREAM, 'wss://relay.example')

const at = (server: { url: string }) => ['--redis-url', server.url]
const listed = async (server: { url: string }): Promise<StoredCursor[]> =>
  JSON.parse((await runCommand(list, [...at(server), '--json'])).stdout).cursors

/** Adds an event of a relay, which happened some seconds ago. */
async function addEvent(redis: Redis, seq: number, secondsAgo: number): Promise<void> {
  const time = new Date(Date.now() - secondsAgo * 1_000).toISOString()
  await redis.xadd(STREAM, '*', EVENT_FIELD, JSON.stringify(aCreateEvent({ seq, time })))
}

describe('cursor list', () => {
  test('shows those of all four systems, by stream and host', async ({ redis, server }) => {
    await redis.mset({
      [OURS]: '100',
      'firehose_live:cursor:https://relay.example': '90',
      'label_live:cursor:labeler.example': '5',
      'repo_backfill:cursor:https://relay.example': '!ingester-done',
      'firehose:python_cursor': '80',
      'did:key:did:plc:x': 'no cursor',
      [`${OURS}:handed-over`]: '100',
      'repo_backfill:cursor:relay.example:tail': '{}',
    })
    expect((await listed(server)).map(({ stream, host, value }) => [stream, host, value])).toEqual([
      [null, null, '80'],
      ['firehose_live', 'https://relay.example', '90'],
      ['firehose_live', 'relay.example', '100'],
      ['label_live', 'labeler.example', '5'],
      ['repo_backfill', 'https://relay.example', '!ingester-done'],
    ])
    expect((await runCommand(list, at(server))).stdout).toMatch(
      /^repo_backfill +https:\/\/relay\.example +!ingester-done +not known/m,
    )
  })

  test('knows the age by the event at the cursor', async ({ redis, server }) => {
    await redis.mset({ [OURS]: '100', [cursorKey(STREAM, 'other.example')]: '70' })
    await addEvent(redis, 100, 60)
    await addEvent(redis, 65, 5)
    const [other, ours] = await listed(server)
    expect(ours?.ageMs).toBeGreaterThanOrEqual(60_000)
    expect(ours?.ageMs).toBeLessThan(80_000)
    // With two relays in one stream, 65 could be of either.
    expect(other?.ageMs).toBeNull()
  })

  test('knows it by the newest event before the cursor where there is one relay only', async ({
    redis,
    server,
  }) => {
    await redis.set(OURS, '100')
    await addEvent(redis, 97, 30)
    await addEvent(redis, 120, 1)
    const [ours] = await listed(server)
    expect(ours?.ageMs).toBeGreaterThanOrEqual(30_000)
  })

  test('a key of that shape which holds no text is passed over; none are none', async ({ redis, server }) => {
    await redis.rpush('x:cursor:y', 'a')
    expect(await listed(server)).toEqual([])
    expect((await runCommand(list, at(server))).stdout).toBe('no cursor is stored\n')
  })
})

describe('cursor set', () => {
  const args = (seq: string, ...more: string[]) => [seq, '--host', 'wss://relay.example', ...more]

  test('only says what it would do, unless told to do it', async ({ redis, server }) => {
    await redis.set(OURS, '100')
    const { stdout, code } = await runCommand(set, [...at(server), ...args('150')])
    expect(code).toBe(EXIT.ok)
    expect(stdout).toContain('LOSS: 50 sequences, 101 to 150, are never asked for')
    expect(stdout).toContain('nothing was changed')
    expect(await redis.get(OURS)).toBe('100')
  })

  test.for([
    { from: '100', to: '150', says: 'LOSS: 50 sequences, 101 to 150' },
    { from: '100', to: '40', says: 'REPLAY: the relay is asked again for 60 sequences, 41 to 100' },
    { from: null, to: '40', says: 'everything after 40' },
    { from: '40', to: '40', says: 'nothing changes' },
  ])('from $from to $to it says: $says', async ({ from, to, says }, { redis, server }) => {
    if (from !== null) await redis.set(OURS, from)
    const { stdout } = await runCommand(set, [...at(server), ...args(to, '--yes')])
    expect(stdout).toContain(says)
    expect(await redis.get(OURS)).toBe(to)
  })

  test('what it says is what the append does', async ({ redis, server }) => {
    const append = createAppend(redis, { stream: STREAM, cursor: OURS, highWater: 100 })
    const store = (...seqs: number[]) =>
      append({
        fields: ['event'],
        commits: seqs.map((seq) => ({ seq, values: [String(seq)] })),
        after: null,
        upTo: seqs.at(-1) ?? 0,
      })
    await store(1, 2, 3)
    await runCommand(set, [...at(server), ...args('1', '--yes')])
    expect(await store(2, 3)).toMatchObject({ added: 2, skipped: 0 })
    await runCommand(set, [...at(server), ...args('9', '--yes')])
    expect(await store(4, 5)).toMatchObject({ added: 0, skipped: 2 })
  })

  test('a cursor that was moved meanwhile stays as it is', async ({ redis }) => {
    await redis.set(OURS, '100')
    const plan = planMove(OURS, 100, 150)
    await redis.set(OURS, '120')
    expect(await moveCursor(redis, plan)).toBe(false)
    expect(await redis.get(OURS)).toBe('120')
    expect(await moveCursor(redis, planMove(OURS, 120, 150))).toBe(true)
  })

  test('what is no sequence is refused, typed or stored', async ({ redis, server }) => {
    await expect(runCommand(set, [...at(server), ...args('soon')])).rejects.toThrow('not a sequence: "soon"')
    await redis.set(OURS, 'soon')
    await expect(runCommand(set, [...at(server), ...args('5', '--yes')])).rejects.toThrow('no sequence')
    expect(await redis.get(OURS)).toBe('soon')
  })
})

describe('cursor import', () => {
  const imported = (server: { url: string }, ...args: string[]) =>
    runCommand(importing, [...at(server), ...args])

  test('takes over those of rsky, of every relay, one step back', async ({ redis, server }) => {
    await redis.mset({
      'firehose_live:cursor:https://relay.example': '90',
      'firehose_live:cursor:wss://other.example/': '500',
      'label_live:cursor:https://labeler.example': '7',
      'repo_backfill:cursor:https://relay.example': '!ingester-done',
    })
    expect((await imported(server, '--from', 'rsky')).stdout).toContain('nothing was changed')
    expect(await redis.exists(OURS)).toBe(0)
    const { stdout } = await imported(server, '--from', 'rsky', '--yes')
    expect(stdout).toContain('1 back, as its batches may end inside a commit')
    expect(await redis.mget(OURS, 'firehose_live:cursor:other.example')).toEqual(['89', '499'])
    await imported(server, '--from', 'rsky', '--stream', 'label_live', '--yes')
    expect(await redis.get('label_live:cursor:labeler.example')).toBe('6')
  })

  test('of two for one relay takes the lower: a replay can be borne, a loss cannot', async ({
    redis,
    server,
  }) => {
    await redis.mset({
      'firehose_live:cursor:https://relay.example': '90',
      'firehose_live:cursor:wss://relay.example': '70',
    })
    await imported(server, '--from', 'rsky', '--rewind', '0', '--yes')
    expect(await redis.get(OURS)).toBe('70')
  })

  test('never moves a cursor of ours', async ({ redis, server }) => {
    await redis.mset({ 'firehose_live:cursor:https://relay.example': '90', [OURS]: '10' })
    const { stdout, code } = await imported(server, '--from', 'rsky', '--yes')
    expect(code).toBe(EXIT.ok)
    expect(stdout).toContain('is at 10 already and stays there')
    expect(await redis.get(OURS)).toBe('10')
  })

  test('takes over the one of the Python consumer, as of the relay that it really reads', async ({
    redis,
    server,
  }) => {
    await redis.set('firehose:python_cursor', '5000')
    const args = ['--from', 'publicappview', '--stream', 'firehose:events', '--yes']
    const { stdout } = await imported(server, ...args)
    expect(stdout).toContain('1000 back')
    expect(await redis.get('firehose:events:cursor:bsky.network')).toBe('4000')
  })

  test('takes over a value that only PostgreSQL holds', async ({ redis, server }) => {
    const args = [
      '--from',
      'publicappview',
      '--value',
      '5000',
      '--host',
      'relay.example',
      '--rewind',
      '10',
      '--yes',
    ]
    await imported(server, ...args)
    expect(await redis.get(OURS)).toBe('4990')
    await expect(imported(server, '--from', 'rsky', '--value', '5000')).rejects.toThrow('--host')
    await expect(imported(server, '--from', 'rsky', '--value', 'x', '--host', 'y')).rejects.toThrow(
      UsageError,
    )
  })

  test('has nothing to do where the keys are ours', async ({ redis, server }) => {
    await redis.set(OURS, '10')
    expect((await imported(server, '--from', 'divy', '--yes')).stdout).toContain('the keys that we read')
  })
})

describe('an ingester that stands in for another system', () => {
  const [https, wss] = [
    'firehose_live:cursor:https://relay.example',
    'firehose_live:cursor:wss://relay.example',
  ]
  const keys = { ours: OURS, theirs: [https, wss], rewind: 1 }

  test('goes on from the lowest of several cursors, as the import does', async ({ redis, server }) => {
    await redis.mset({ [https]: '90', [wss]: '70' })
    const found = await findCursor(redis, keys)
    expect(found).toEqual({ key: OURS, seq: 69, theirKeys: [https, wss] })
    await redis.del(OURS)
    await runCommand(importing, [...at(server), '--from', 'rsky', '--yes'])
    expect(await redis.get(OURS)).toBe('69')
  })

  test('hands over to all of them, so that only one that was moved since counts', async ({ redis }) => {
    await redis.mset({ [https]: '90', [wss]: '70' })
    const handover = createHandover(redis, (await findCursor(redis, keys)).theirKeys)
    await redis.set(OURS, '120')
    handover.note(120)
    await handover.finish()
    expect(await redis.mget(https, wss)).toEqual(['120', '120'])
    expect((await findCursor(redis, keys)).seq).toBe(120)
    await redis.set(https, '200')
    expect((await findCursor(redis, keys)).seq).toBe(199)
  })
})
