import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Redis } from 'ioredis'
import { describe, expect, test } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { temporaryFolder } from '#kernel/process/temporary-folder.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import type { JournalEvent } from '#loadtest/network/journal-event.ts'
import { type Service, startService } from '#loadtest/stack/service.ts'
import { LIVE_GROUP, LIVE_STREAM, rejectedFramesStream } from '#pipeline/contract.ts'
import type { IngestCounts } from '#pipeline/ingest/counts.ts'
import { startIngester } from '#pipeline/ingest/start-ingester.ts'
import { openDatabase } from '#pipeline/sinks/postgres/open-database.ts'
import {
  CAPTURED_FILES,
  type CapturedMessage,
  capturedMessages,
  missingCaptures,
  type ToldOp,
  toldOps,
} from '#test/support/captured-firehose.ts'
import { missingPostgres, test as withPostgres } from '#test/support/postgres.ts'

type Row = Readonly<Record<string, unknown>>

/** What is left in every place after files have gone all the way. */
interface Outcome {
  readonly journal: readonly JournalEvent[]
  /** One of each file. */
  readonly counts: readonly Readonly<IngestCounts>[]
  readonly rejected: number
  readonly effects: readonly Row[]
  readonly records: readonly Row[]
  readonly actors: readonly Row[]
}

const files = CAPTURED_FILES.map((file) => ({ name: basename(file), file }))
const isKept = ({ collection }: ToldOp) => /^(app|chat)\.bsky\./.test(collection)
const log = createLog({ name: 'test', level: 'silent' })

/** Plays files in turn: relay and indexer as processes, the ingester in this one, Redis and database for real. */
async function play(paths: readonly string[], databaseUrl?: string): Promise<Outcome> {
  await using folder = await temporaryFolder('replay')
  await using server = await startPrivateRedis()
  const redis = await connectRedis(server.url, { name: 'test' })
  const database = databaseUrl ?? `pglite://${join(folder.path, 'database')}`
  const flags = [
    '--redis-url',
    server.url,
    '--database',
    database,
    '--record-effects',
    'true',
    '--trim',
    'false',
  ]
  await using index = await startService({
    name: 'index',
    args: ['index', ...flags],
    ready: async () => (await redis.exists(LIVE_STREAM)) === 1,
  })
  const journal: JournalEvent[] = []
  const counts: Readonly<IngestCounts>[] = []
  for (const path of paths) {
    const file = join(folder.path, `${basename(path)}.ndjson`)
    counts.push(await ingest(path, file, server.url))
    journal.push(...readJournal(file))
  }
  await until(() => isIndexed(redis), { within: seconds(20), what: 'group without lag and pending entries' })
  const rejected = await redis.xlen(rejectedFramesStream(LIVE_STREAM))
  await index.kill('SIGTERM')
  redis.disconnect()
  return { journal, counts, rejected, ...(await stored(database)) }
}

/** Ingests one file until its last message is stored. */
async function ingest(path: string, journal: string, redisUrl: string): Promise<Readonly<IngestCounts>> {
  await using relay = await startRelay(path, journal)
  await using ingester = await startIngester({
    relay: relay.url,
    redisUrl,
    stream: LIVE_STREAM,
    start: 'oldest',
    collections: ['app.bsky.*', 'chat.bsky.*'],
    highWater: 100_000,
    batchEntries: 500,
    inFlightBytes: 1 << 24,
    log,
  })
  const lastSeq = Number(capturedMessages(path).at(-1)?.body['seq'])
  await until(() => ingester.counts.cursor === lastSeq, { within: seconds(20), what: `cursor ${lastSeq}` })
  await relay.service.kill('SIGTERM')
  return ingester.counts
}

async function startRelay(
  file: string,
  journal: string,
): Promise<AsyncDisposable & { url: string; service: Service }> {
  const service = await startService({
    name: 'relay',
    args: ['relay', '--replay', file, '--rate', '0', '--journal', journal],
    ready: ({ output }) => output.some((line) => line.startsWith('{"listening"')),
  })
  const { listening: url } = JSON.parse(service.output[0] ?? '') as { listening: string }
  return { url, service, [Symbol.asyncDispose]: () => service[Symbol.asyncDispose]() }
}

async function isIndexed(redis: Redis): Promise<boolean> {
  const groups = (await redis.xinfo('GROUPS', LIVE_STREAM)) as (string | number | null)[][]
  return groups.some((fields) => {
    const group = new Map(fields.map((field, at) => [field, fields[at + 1]]))
    return group.get('name') === LIVE_GROUP && group.get('pending') === 0 && group.get('lag') === 0
  })
}

function readJournal(path: string): JournalEvent[] {
  const lines = readFileSync(path, 'utf8').trim().split('\n')
  expect(JSON.parse(lines.pop() ?? '')).toMatchObject({ finished: true })
  return lines.map((line) => JSON.parse(line) as JournalEvent)
}

async function stored(url: string): Promise<Pick<Outcome, 'effects' | 'records' | 'actors'>> {
  await using database = await openDatabase(url)
  const rows = async (sql: string) => (await database.query<Row>(sql)).rows
  return {
    effects: (
      await rows('SELECT seq::int8::text AS seq, did, rev, action, collection, rkey, applied FROM effect')
    ).map((row) => ({ ...row, seq: Number(row['seq']) })),
    records: await rows('SELECT uri, did, collection, rkey, cid, rev, deleted, json, verbatim FROM record'),
    actors: await rows('SELECT did, handle, active, status FROM actor'),
  }
}

function toldEffects(messages: readonly CapturedMessage[], ops: readonly ToldOp[]): Row[] {
  const ofOps = ops.filter(isKept).map(({ seq, did, rev, action, collection, rkey }) => {
    return { seq, did, rev, action, collection, rkey, applied: true }
  })
  const ofAccounts = messages.flatMap(({ type, body: { seq, did } }) => {
    if (type !== '#identity' && type !== '#account') return []
    return { seq, did, rev: null, action: type.slice(1), collection: null, rkey: null, applied: true }
  })
  return [...ofOps, ...ofAccounts]
}

/** What the newest op of each record leaves behind. */
function toldRecords(ops: readonly ToldOp[]): Row[] {
  const newest = new Map(ops.filter(isKept).map((op) => [`at://${op.did}/${op.collection}/${op.rkey}`, op]))
  return [...newest].map(([uri, { did, collection, rkey, rev, action, cid, record }]) => {
    return { uri, did, collection, rkey, rev, cid, deleted: action === 'delete', json: record }
  })
}

function toldActors(messages: readonly CapturedMessage[]): Row[] {
  const actors = new Map<unknown, Row>()
  for (const { type, body } of messages) {
    const before = actors.get(body['did']) ?? { did: body['did'], handle: null, active: null, status: null }
    if (type === '#identity')
      actors.set(body['did'], { ...before, handle: body['handle'] ?? before['handle'] })
    if (type === '#account') {
      actors.set(body['did'], { ...before, active: body['active'], status: body['status'] ?? null })
    }
  }
  return [...actors.values()]
}

const sortedBy = (rows: readonly Row[], ...columns: string[]) => {
  const keyOf = (row: Row) => columns.map((column) => String(row[column]).padStart(16, '0')).join(' ')
  return rows.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)))
}
const bySeq = (rows: readonly Row[]) => sortedBy(rows, 'seq', 'collection', 'rkey')
const byUri = (rows: readonly Row[]) => sortedBy(rows, 'uri')
const byDid = (rows: readonly Row[]) => sortedBy(rows, 'did')

async function expectAsTold(paths: readonly string[], outcome: Outcome): Promise<void> {
  const messages = paths.flatMap(capturedMessages)
  const ops = await toldOps(messages)
  const told = Object.groupBy(messages, ({ type }) => type.slice(1))
  const counted = (kind: string) =>
    outcome.counts.reduce((sum, { frames }) => sum + frames[kind as keyof IngestCounts['frames']], 0)
  for (const [kind, list = []] of Object.entries(told)) {
    expect({ [kind]: counted(kind) }).toEqual({ [kind]: list.length })
  }
  expect(outcome.counts.flatMap(({ rejectedFrames }) => Object.values(rejectedFrames)).some(Boolean)).toBe(
    false,
  )
  expect(outcome.rejected).toBe(0)
  expect(outcome.counts.reduce((sum, { filteredOps }) => sum + filteredOps, 0)).toBe(
    ops.filter((op) => !isKept(op)).length,
  )
  expect(bySeq(outcome.effects)).toEqual(bySeq(toldEffects(messages, ops)))
  expect(byUri(outcome.records)).toEqual(byUri(toldRecords(ops)).map((row) => ({ ...row, verbatim: null })))
  expect(byDid(outcome.actors)).toEqual(byDid(toldActors(messages)))
  expect(outcome.journal.filter((event) => !('filtered' in event))).toHaveLength(outcome.effects.length)
}

describe.skipIf(missingCaptures !== null)(missingCaptures ?? 'captured messages', () => {
  test('there are ops, deletes, identities and accounts among them', async () => {
    const messages = CAPTURED_FILES.flatMap(capturedMessages)
    const ops = await toldOps(messages)

    expect(CAPTURED_FILES.length).toBeGreaterThanOrEqual(5)
    expect(ops.length).toBeGreaterThan(45)
    expect(new Set(ops.map(({ action }) => action))).toEqual(new Set(['create', 'update', 'delete']))
    expect(new Set(messages.map(({ type }) => type))).toEqual(
      new Set(['#commit', '#identity', '#account', '#sync']),
    )
  })

  test('every file arrives in the embedded PostgreSQL as it tells, op by op', async () => {
    await expectAsTold(CAPTURED_FILES, await play(CAPTURED_FILES))
  })

  const noServer = missingPostgres()
  describe.skipIf(noServer !== null)(noServer ?? 'in a PostgreSQL server', () => {
    withPostgres.for(files)(
      '$name arrives as it tells, op by op',
      async ({ file }, { postgres, database }) => {
        expect(database.kind).toBe('postgres')
        await expectAsTold([file], await play([file], postgres.url))
      },
    )
  })

  test('a commit whose record has one flipped bit is counted and kept as rejected, and the rest arrives', async () => {
    await using folder = await temporaryFolder('damaged')
    const file = join(folder.path, 'damaged.json')
    const whole = capturedMessages(CAPTURED_FILES.find((path) => path.endsWith('post_lifecycle.json')) ?? '')
    const [first] = whole as [CapturedMessage]
    const damaged = [{ ...first, body: withFlippedBit(first.body) }, ...whole.slice(1)]
    writeFileSync(
      file,
      JSON.stringify({
        messages: damaged.map(({ type, body }) => ({ frame: { header: { op: 1, t: type }, body } })),
      }),
    )
    const { counts, rejected, effects } = await play([file])
    const others = await toldOps(whole.slice(1))

    expect({ rejected, mismatches: counts[0]?.rejectedFrames['cid-mismatch'] }).toEqual({
      rejected: 1,
      mismatches: 1,
    })
    expect(effects.map(({ seq }) => seq)).toEqual(others.filter(isKept).map(({ seq }) => seq))
  })
})

function withFlippedBit(body: CapturedMessage['body']): CapturedMessage['body'] {
  const bytes = Buffer.from((body['blocks'] as { $bytes: string }).$bytes, 'base64')
  const at = bytes.indexOf('createdAt') + 'createdAt'.length + 3
  bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at)
  return { ...body, blocks: { $bytes: bytes.toString('base64').replace(/=+$/, '') } }
}
