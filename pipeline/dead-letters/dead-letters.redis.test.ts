import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Redis } from 'ioredis'
import { describe, expect } from 'vitest'
import { EXIT } from '#kernel/cli/exit-code.ts'
import { DependencyError, UsageError } from '#kernel/errors.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { moveToDeadLetters } from '#pipeline/consume/move-to-dead-letters.ts'
import { type DeadLetterReason, deadLetterStream } from '#pipeline/contract.ts'
import { startLosingProxy } from '#test/support/losing-proxy.ts'
import { test } from '#test/support/redis.ts'
import { runCommand } from '#test/support/run-command.ts'
import { command as list } from './list.command.ts'
import { command as purge } from './purge.command.ts'
import { readLetters } from './read-letters.ts'
import { command as replay } from './replay.command.ts'
import { command as show } from './show.command.ts'

const STREAM = 'firehose_live'
const GROUP = 'firehose_group'
const LETTERS = deadLetterStream(STREAM)
const BINARY = Buffer.from([0xff, 0x00, 0x0a, 0x80])
const DAY = 86_400_000

type Fields = readonly (string | Buffer)[]

/** Adds an entry, delivers it, and moves it to the dead letters as the indexer does; returns the letter's ID. */
async function deadLetter(
  redis: Redis,
  { reason = 'not-json', fields = ['event', '{'] }: { reason?: DeadLetterReason; fields?: Fields } = {},
): Promise<string> {
  await redis.xgroup('CREATE', STREAM, GROUP, '0', 'MKSTREAM').catch(() => {})
  const id = String(await redis.callBuffer('XADD', STREAM, '*', ...fields))
  await redis.xreadgroup('GROUP', GROUP, 'one', 'STREAMS', STREAM, '>')
  const at = { firstFailedAt: Date.UTC(2026, 0, 1), lastFailedAt: Date.UTC(2026, 0, 2) }
  const failure = { id, reason, error: `cannot take ${reason}`, attempts: 3, ...at }
  await moveToDeadLetters(redis, { stream: STREAM, group: GROUP, consumer: 'one' }, [failure])
  await redis.xdel(STREAM, id)
  const [newest] = await redis.xrevrange(LETTERS, '+', '-', 'COUNT', 1)
  return newest?.[0] ?? ''
}

/** A letter that was written some days ago. */
async function oldLetter(redis: Redis, days: number): Promise<string> {
  const letter = { reason: 'not-json', error: 'old', stream: STREAM, id: '1-0', 'field:event': 'old' }
  return String(await redis.xadd(LETTERS, `${Date.now() - days * DAY}-0`, ...Object.entries(letter).flat()))
}

const entries = (redis: Redis) =>
  redis.callBuffer('XRANGE', STREAM, '-', '+') as Promise<[Buffer, Buffer[]][]>
const at = (server: { url: string }) => ['--redis-url', server.url]

describe('dead-letters list', () => {
  test('groups by reason, with counts and the span of failures', async ({ redis, server }) => {
    await deadLetter(redis)
    const newest = await deadLetter(redis)
    await deadLetter(redis, { reason: 'refused-by-sink' })
    const { stdout } = await runCommand(list, [...at(server), '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      letters: LETTERS,
      total: 3,
      looked: 3,
      listed: [],
      reasons: [
        {
          reason: 'not-json',
          count: 2,
          firstFailedAt: '2026-01-01T00:00:00.000Z',
          lastFailedAt: '2026-01-02T00:00:00.000Z',
          newestId: newest,
        },
        { reason: 'refused-by-sink', count: 1 },
      ],
    })
    const table = (await runCommand(list, at(server))).stdout
    expect(table).toMatch(/^not-json +2 +2026-01-01/m)
  })

  test('shows the letters of one reason one by one', async ({ redis, server }) => {
    await deadLetter(redis)
    const id = await deadLetter(redis, { reason: 'refused-by-sink' })
    const { stdout } = await runCommand(list, [...at(server), '--reason', 'refused-by-sink'])
    expect(stdout).toContain(id)
    expect(stdout).not.toContain('not-json')
  })

  test('reads page by page, and says when it did not read all', async ({ redis, server }) => {
    for (let days = 250; days > 0; days--) await oldLetter(redis, days)
    const all = JSON.parse((await runCommand(list, [...at(server), '--json'])).stdout)
    expect(all).toMatchObject({ total: 250, looked: 250, reasons: [{ count: 250 }] })
    const some = await runCommand(list, [...at(server), '--limit', '150'])
    expect(some.stdout).toContain('the oldest 150 were looked at')
  })

  test('no letters are no letters', async ({ redis, server }) => {
    expect(await redis.dbsize()).toBe(0)
    expect((await runCommand(list, at(server))).stdout).toBe(`${LETTERS}: 0 letters\n`)
  })

  test('an error that would steer the terminal is shown, not obeyed', async ({ redis, server }) => {
    await redis.xadd(LETTERS, '*', 'reason', 'not-json', 'error', '\u001b[2Jgone')
    const { stdout } = await runCommand(list, at(server))
    expect(stdout).toContain('\\x1b[2Jgone')
    expect(stdout).not.toContain('\u001b')
  })
})

describe('dead-letters show', () => {
  test('shows every field byte for byte', async ({ redis, server }) => {
    const id = await deadLetter(redis, { fields: [BINARY, 'text', 'event', BINARY] })
    const { stdout } = await runCommand(show, [...at(server), id, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({
      id,
      reason: 'not-json',
      attempts: 3,
      group: GROUP,
      consumer: 'one',
      fields: [
        [{ base64: BINARY.toString('base64') }, 'text'],
        ['event', { base64: BINARY.toString('base64') }],
      ],
    })
    expect((await runCommand(show, [...at(server), id])).stdout).toContain('"\\xff\\x00\\x0a\\x80"')
  })

  test('shows what another system wrote', async ({ redis, server }) => {
    const theirs = ['repo', '{"did":"did:plc:x"}', 'reason', 'max_retries_exceeded', 'attempts', '3']
    const id = String(await redis.xadd('repo_backfill_dlq', '*', ...theirs))
    const { stdout } = await runCommand(show, [...at(server), '--stream', 'repo_backfill', id])
    expect(stdout).toMatch(/^reason +max_retries_exceeded$/m)
    expect(stdout).toMatch(/^also repo +\{"did":"did:plc:x"\}$/m)
  })

  test('a letter that is not there, and what is no ID, are refused', async ({ server }) => {
    await expect(runCommand(show, [...at(server), '5-0'])).rejects.toThrow('no letter "5-0"')
    await expect(runCommand(show, [...at(server), 'five'])).rejects.toThrow(UsageError)
  })
})

describe('dead-letters replay', () => {
  test('only says what it would do, unless told to do it', async ({ redis, server }) => {
    await deadLetter(redis)
    const { stdout, code } = await runCommand(replay, [...at(server), '--reason', 'not-json'])
    expect(code).toBe(EXIT.ok)
    expect(stdout).toContain('1 letter of firehose_live:dead-letters would go back')
    expect(stdout).toContain('every group of the stream receives it')
    expect([await redis.xlen(STREAM), await redis.xlen(LETTERS)]).toEqual([0, 1])
  })

  test('puts the entry back byte for byte, as a new one, and takes the letter out', async ({
    redis,
    server,
  }) => {
    const fields = [BINARY, 'text', 'event', BINARY]
    const id = await deadLetter(redis, { fields })
    const { stdout } = await runCommand(replay, [...at(server), id, '--yes', '--json'])
    const [[newId, values] = []] = await entries(redis)
    expect(values).toEqual(fields.map((part) => Buffer.from(part)))
    expect(JSON.parse(stdout)).toMatchObject({
      replayed: 1,
      examples: [{ letter: id, entry: String(newId) }],
    })
    expect(await redis.xlen(LETTERS)).toBe(0)
  })

  test('takes the letters of one reason and leaves the others', async ({ redis, server }) => {
    await deadLetter(redis)
    await deadLetter(redis, { reason: 'refused-by-sink' })
    await runCommand(replay, [...at(server), '--reason', 'not-json', '--yes'])
    expect([await redis.xlen(STREAM), await redis.xlen(LETTERS)]).toEqual([1, 1])
  })

  test('the same letters twice are put back once', async ({ redis, server }) => {
    const id = await deadLetter(redis)
    await runCommand(replay, [...at(server), id, '--yes'])
    const { stdout, code } = await runCommand(replay, [...at(server), id, '--yes'])
    expect(stdout).toContain('1 letter not there')
    expect(code).toBe(EXIT.ok)
    expect(await redis.xlen(STREAM)).toBe(1)
  })

  test('a lost reply loses nothing and doubles nothing', async ({ redis, server }) => {
    for (let count = 0; count < 5; count++) await deadLetter(redis)
    await using proxy = await startLosingProxy(server.url)
    proxy.loseReplyTo('XADD')
    const args = ['--redis-url', proxy.url, '--reason', 'not-json', '--yes']
    await expect(runCommand(replay, args)).rejects.toThrow('run the same command again')
    expect(proxy.lost).toBe(1)
    await runCommand(replay, args)
    expect([await redis.xlen(STREAM), await redis.xlen(LETTERS)]).toEqual([5, 0])
  })

  test('control: adding and removing apart doubles on a lost reply', async ({ redis, server }) => {
    const id = await deadLetter(redis)
    await using proxy = await startLosingProxy(server.url)
    const apart = async (url: string) => {
      const { connectRedis } = await import('#kernel/redis/connect-redis.ts')
      const client = await connectRedis(url, { name: 'careless' })
      try {
        await client.xadd(STREAM, '*', 'event', '{')
        await client.xdel(LETTERS, id)
      } finally {
        client.disconnect()
      }
    }
    proxy.loseReplyTo('XADD'.toLowerCase())
    await expect(apart(proxy.url)).rejects.toThrow()
    await apart(proxy.url)
    expect(await redis.xlen(STREAM)).toBe(2)
  })

  test('refuses at the high water, and leaves the rest where it is', async ({ redis, server }) => {
    for (let count = 0; count < 3; count++) await deadLetter(redis)
    const args = [...at(server), '--reason', 'not-json', '--high-water', '2']
    expect((await runCommand(replay, args)).stdout).toContain('would be full (2 entries, high water 2)')
    const { stdout, code } = await runCommand(replay, [...args, '--yes'])
    expect(code).toBe(EXIT.failed)
    expect(stdout).toContain('2 letters of firehose_live:dead-letters went back')
    expect([await redis.xlen(STREAM), await redis.xlen(LETTERS)]).toEqual([2, 1])
  })

  test('a Redis that is out of memory refuses the whole call', async ({ redis, server }) => {
    const id = await deadLetter(redis)
    await redis.config('SET', 'maxmemory', '1')
    try {
      await expect(runCommand(replay, [...at(server), id, '--yes'])).rejects.toThrow(DependencyError)
      expect([await redis.xlen(STREAM), await redis.xlen(LETTERS)]).toEqual([0, 1])
    } finally {
      await redis.config('SET', 'maxmemory', '0')
    }
  })

  test('letters of another stream, and letters without an entry, stay', async ({ redis, server }) => {
    await redis.xadd(LETTERS, '*', 'reason', 'not-json', 'stream', 'elsewhere', 'field:event', '{}')
    await redis.xadd(LETTERS, '*', 'reason', 'not-json', 'stream', STREAM)
    const { stdout } = await runCommand(replay, [...at(server), '--reason', 'not-json', '--yes', '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ replayed: 0, unfit: 2 })
    expect(await redis.xlen(LETTERS)).toBe(2)
  })

  test('letters that are written meanwhile are not looked at; control: without an end they are', async ({
    redis,
  }) => {
    const failAgain = async (upTo: string) => {
      let looked = 0
      for await (const page of readLetters(redis, { letters: LETTERS, upTo })) {
        looked += page.length
        if (looked < 4) await deadLetter(redis)
      }
      return looked
    }
    const newest = [await deadLetter(redis), await deadLetter(redis), await deadLetter(redis)].at(-1) ?? ''
    expect(await failAgain(newest)).toBe(3)
    expect(await failAgain('+')).toBe(4)
  })

  test('where entries are numbered by sequence, a new one comes after the last and before the next', async ({
    redis,
    server,
  }) => {
    const id = await deadLetter(redis)
    await redis.del(STREAM)
    await redis.xadd(STREAM, '6328157203-2', 'event', '{}')
    await runCommand(replay, [...at(server), id, '--yes'])
    expect((await entries(redis)).map(([entry]) => String(entry))).toEqual(['6328157203-2', '6328157203-3'])
    await expect(redis.xadd(STREAM, '6328157204-0', 'event', '{}')).resolves.toBe('6328157204-0')
  })

  test('wants to be told which', async ({ server }) => {
    await expect(runCommand(replay, [...at(server), '--yes'])).rejects.toThrow('--reason')
  })
})

describe('dead-letters purge', () => {
  test('only counts, unless told to do it', async ({ redis, server }) => {
    await oldLetter(redis, 40)
    await deadLetter(redis)
    const { stdout } = await runCommand(purge, [...at(server), '--older-than', '30d'])
    expect(stdout).toContain('1 letter of firehose_live:dead-letters would go')
    expect(await redis.xlen(LETTERS)).toBe(2)
  })

  test('keeps what it removes in the archive, and adds to what is there', async ({ redis, server }) => {
    await using folder = await temporaryFolder('archive')
    const file = join(folder.path, 'letters.ndjson')
    const ids = [await oldLetter(redis, 40), await oldLetter(redis, 35)]
    const young = await deadLetter(redis, { fields: ['event', BINARY] })
    const args = [...at(server), '--archive', file, '--yes']
    const { stdout } = await runCommand(purge, [...args, '--older-than', '30d'])
    expect(stdout).toContain(`2 letters of ${LETTERS} purged, kept in ${file}; 1 left`)
    await runCommand(purge, [...args, young])
    const kept = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(kept.map(({ id }) => id)).toEqual([...ids, young])
    expect(kept[2].fields).toEqual([['event', { base64: BINARY.toString('base64') }]])
    expect(await redis.xlen(LETTERS)).toBe(0)
  })

  test('removes nothing when the archive cannot be written', async ({ redis, server }) => {
    const id = await deadLetter(redis)
    const args = [...at(server), id, '--yes', '--archive', '/nowhere/at/all.ndjson']
    await expect(runCommand(purge, args)).rejects.toThrow('cannot write the archive')
    await expect(runCommand(purge, [...at(server), id, '--yes', '--archive', '/dev/full'])).rejects.toThrow(
      'cannot write the archive',
    )
    expect(await redis.xlen(LETTERS)).toBe(1)
  })

  test('wants an archive, or to be told that none is wanted', async ({ redis, server }) => {
    const id = await deadLetter(redis)
    await expect(runCommand(purge, [...at(server), id, '--yes'])).rejects.toThrow('--without-archive')
    expect(await redis.xlen(LETTERS)).toBe(1)
    await runCommand(purge, [...at(server), id, '--yes', '--without-archive'])
    expect(await redis.xlen(LETTERS)).toBe(0)
  })

  test('nothing is meant by default', async ({ server }) => {
    await expect(runCommand(purge, [...at(server), '--yes', '--without-archive'])).rejects.toThrow(
      '--older-than',
    )
    await expect(runCommand(purge, [...at(server), '--older-than', 'old'])).rejects.toThrow(
      'not an age: "old"',
    )
  })
})
