import { expect, type TestAPI } from 'vitest'
import type { StreamEvent } from '#pipeline/contract.ts'
import type { Database } from '#pipeline/sinks/postgres/database.ts'
import { postgresSink } from '#pipeline/sinks/postgres/postgres-sink.ts'
import type { Sink } from '#pipeline/sinks/sink.ts'
import { aCreateEvent, aDeleteEvent, anUpdateEvent, aRepoEvent, aRev } from './stream-events.ts'

const POST = 'at://did:plc:alice/app.bsky.feed.post/1'
const createdAt = '2026-01-02T03:04:05.000Z'
const created_at = new Date(createdAt)

const likeOf = (uri: unknown) => ({ subject: { uri, cid: 'bafyreipost' }, createdAt })

/** What every sink must make of the records of the best known collections. */
export function typedConformance(test: TestAPI<{ database: Database }>): void {
  const open = (database: Database): Promise<Sink> =>
    postgresSink(database, { stream: 's', group: 'g', lanes: 2, recordEffects: false })

  const commit = (sink: Sink, ...events: StreamEvent[]) =>
    sink.commit({ entries: events.map((event, index) => ({ id: `1-${index}`, event })), position: null })

  const rowsOf = async (database: Database, table: string, columns = '*') =>
    (await database.query(`SELECT ${columns} FROM ${table} ORDER BY uri`)).rows as readonly unknown[]

  test.for([
    [
      'app.bsky.feed.post',
      'bsky_post',
      {
        text: 'hi',
        reply: { root: { uri: POST }, parent: { uri: `${POST}p` } },
        embed: { record: { record: { uri: `${POST}q` } }, media: {} },
        createdAt,
      },
      { text: 'hi', reply_root: POST, reply_parent: `${POST}p`, quotes: `${POST}q`, created_at },
    ],
    ['app.bsky.feed.like', 'bsky_like', likeOf(POST), { subject: POST, created_at }],
    ['app.bsky.feed.repost', 'bsky_repost', likeOf(POST), { subject: POST, created_at }],
    [
      'app.bsky.graph.follow',
      'bsky_follow',
      { subject: 'did:plc:b' },
      { subject: 'did:plc:b', created_at: null },
    ],
    [
      'app.bsky.graph.block',
      'bsky_block',
      { subject: 'did:plc:b', createdAt },
      { subject: 'did:plc:b', created_at },
    ],
    [
      'app.bsky.actor.profile',
      'bsky_profile',
      { displayName: 'Alice', createdAt: 'yesterday' },
      { display_name: 'Alice', description: null, created_at: null },
    ],
  ] as const)(
    '%s has rows of its own, until it is deleted',
    async ([collection, table, record, expected], { database }) => {
      const sink = await open(database)
      const did = 'did:plc:alice'
      await commit(sink, aCreateEvent({ collection, rkey: 'self', rev: aRev(1), record }))
      expect(await rowsOf(database, table)).toEqual([
        { uri: `at://${did}/${collection}/self`, did, rev: aRev(1), ...expected },
      ])
      await commit(sink, aDeleteEvent({ collection, rkey: 'self', rev: aRev(2) }))
      expect(await rowsOf(database, table)).toEqual([])
      await commit(sink, aCreateEvent({ collection, rkey: 'self', rev: aRev(1), record }))
      expect(await rowsOf(database, table)).toEqual([])
    },
  )

  test('an update changes the row, an older one does not, and one that is no such record removes it', async ({
    database,
  }) => {
    const sink = await open(database)
    const say = (text: unknown, number: number) => anUpdateEvent({ rev: aRev(number), record: { text } })
    await commit(sink, say('first', 2))
    await commit(sink, say('second', 3), say('late', 1))
    expect(await rowsOf(database, 'bsky_post', 'text')).toEqual([{ text: 'second' }])
    await commit(sink, say(42, 4))
    expect(await rowsOf(database, 'bsky_post', 'text')).toEqual([])
    expect(await rowsOf(database, 'record', 'json')).toEqual([{ json: { text: 42 } }])
    await commit(sink, say('again', 5))
    expect(await rowsOf(database, 'bsky_post', 'text')).toEqual([{ text: 'again' }])
  })

  test('whatever a record holds, it refuses no batch', async ({ database }) => {
    const sink = await open(database)
    const collection = 'app.bsky.feed.like'
    const odd = [
      likeOf(`at://${'x'.repeat(5_000)}`),
      likeOf(null),
      likeOf('at://did:plc:a/b/\0'),
      { subject: POST },
      { subject: [], createdAt: {} },
      {},
      { ...likeOf(POST), createdAt: '0000-01-01T00:00:00Z' },
      { ...likeOf(POST), createdAt: '2026-99-99T00:00:00Z' },
      { ...likeOf(POST), createdAt: '-271821-04-20T00:00:00.000Z' },
    ]
    const texts = ['a\0b', '\ud800', 'x'.repeat(100_000)].map((text, index) =>
      aCreateEvent({ rkey: `t${index}`, record: { text, createdAt: '9999-12-31T23:59:59-23:59' } }),
    )
    const events = odd.map((record, index) => aCreateEvent({ collection, rkey: `r${index}`, record }))
    expect(await commit(sink, ...events, ...texts)).toEqual([...events, ...texts].map(() => true))
    expect(await rowsOf(database, 'bsky_like', 'subject, created_at')).toEqual(
      Array.from({ length: 3 }, () => ({ subject: POST, created_at: null })),
    )
    expect(await rowsOf(database, 'bsky_post', 'left(text, 3) AS text')).toEqual([
      { text: 'a\u{fffd}b' },
      { text: '\u{fffd}' },
      { text: 'xxx' },
    ])
  })

  test('a like before its post is stored, and told as pending until the post is there', async ({
    database,
  }) => {
    const sink = await open(database)
    const pending = () => rowsOf(database, 'pending_reference', 'refers_as, refers_to, missing')
    const [rkey, record] = ['1', { text: 'liked' }]
    await commit(sink, aCreateEvent({ collection: 'app.bsky.feed.like', record: likeOf(POST) }))
    const reference = { refers_as: 'subject', refers_to: POST }
    expect(await pending()).toEqual([{ ...reference, missing: 'never-seen' }])
    await commit(sink, aCreateEvent({ rkey, rev: aRev(1), record }))
    expect(await pending()).toEqual([])
    await commit(sink, aDeleteEvent({ rkey, rev: aRev(2) }))
    expect(await pending()).toEqual([{ ...reference, missing: 'deleted' }])
  })

  test('what a snapshot did not contain loses its row as well', async ({ database }) => {
    const sink = await open(database)
    const record = { text: 'old' }
    await commit(sink, aCreateEvent({ rkey: 'gone', rev: aRev(1), record }))
    await commit(
      sink,
      aCreateEvent({ rkey: 'kept', rev: aRev(5), seq: -1, record }),
      aRepoEvent({ rev: aRev(5) }),
    )
    expect(await rowsOf(database, 'bsky_post', 'right(uri, 4) AS rkey')).toEqual([{ rkey: 'kept' }])
  })
}
