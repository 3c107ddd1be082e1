import { encode, toBytes } from '@atcute/cbor'
import { describe, expect, test } from 'vitest'
import type { StreamEvent } from '#pipeline/contract.ts'
import {
  aCommitFrame,
  aFrame,
  anAccountFrame,
  anErrorFrame,
  anIdentityFrame,
  aPost,
  cidOf,
} from '#test/support/firehose-frames.ts'
import { collectionFilter } from './collection-filter.ts'
import type { Frame, SequencedFrame } from './frame.ts'
import { readFrame } from './read-frame.ts'

const isWanted = collectionFilter(['app.bsky.*', 'chat.bsky.*'])

const read = (bytes: Uint8Array): Frame => readFrame(bytes, isWanted)

function readSequenced(bytes: Uint8Array): SequencedFrame {
  const frame = read(bytes)
  if (!('seq' in frame)) throw new Error(`expected a frame with a sequence, got ${frame.kind}`)
  return frame
}

const eventsOf = (bytes: Uint8Array) =>
  readSequenced(bytes).events.map(({ text }) => JSON.parse(text) as StreamEvent)

describe('a commit', () => {
  test('becomes one event per op, in order', () => {
    const frame = aCommitFrame(7, [
      { path: 'app.bsky.feed.post/a', record: aPost('hello "you" \u{1f600}') },
      { action: 'update', path: 'app.bsky.actor.profile/self', record: { $type: 'x', n: -3 } },
      { action: 'delete', path: 'app.bsky.feed.like/b' },
    ])
    const events = eventsOf(frame)
    expect(events).toMatchObject([
      {
        type: 'create',
        seq: 7,
        collection: 'app.bsky.feed.post',
        rkey: 'a',
        record: aPost('hello "you" \u{1f600}'),
      },
      { type: 'update', rkey: 'self', record: { $type: 'x', n: -3 } },
      { type: 'delete', collection: 'app.bsky.feed.like', rkey: 'b' },
    ])
    expect(Object.keys(events[0] ?? {})).toEqual(
      'type seq time did commit rev collection rkey cid record'.split(' '),
    )
    expect(Object.keys(events[2] ?? {})).toEqual('type seq time did commit rev collection rkey'.split(' '))
  })

  test('writes links and bytes as lexicon JSON', () => {
    const link = cidOf(encode('blob'))
    const record = { ref: link, bytes: toBytes(Uint8Array.from([1, 2, 3, 255])) }
    expect(eventsOf(aCommitFrame(1, [{ record }]))).toMatchObject([
      { record: { ref: { $link: link.$link }, bytes: { $bytes: 'AQID/w' } } },
    ])
  })

  test('leaves out what nobody asked for, without a look at its blocks', () => {
    const frame = aCommitFrame(
      1,
      [
        { path: 'com.example.thing/a', withWrongBlock: true },
        { path: 'app.bskyx.feed.post/b', withoutBlock: true },
      ],
      { blocks: toBytes(Uint8Array.from([0xff])) },
    )
    expect(readSequenced(frame)).toMatchObject({ events: [], filteredOps: 2, rejected: null })
  })

  test.each([
    ['a block that is not what its CID says', { withWrongBlock: true }, 'cid-mismatch'],
    ['a block that is not there', { withoutBlock: true }, 'missing-block'],
    ['an action that nobody knows', { action: 'rename' }, 'malformed-op'],
    ['a path without a record key', { path: 'app.bsky.feed.post/' }, 'malformed-op'],
    ['a path without a collection', { path: '/self' }, 'malformed-op'],
  ])('with %s still delivers its other ops', (_what, bad, reason) => {
    const { events, rejected, seq } = readSequenced(aCommitFrame(9, [{}, bad, { action: 'delete' }, {}]))
    expect(rejected).toBe(reason)
    expect(seq).toBe(9)
    expect(events.map(({ action }) => action)).toEqual(['create', 'delete', 'create'])
  })

  test('whose record is not a map still has its place in the order', () => {
    const block = encode(['not', 'a', 'record'])
    const frame = aCommitFrame(3, [{ record: ['not', 'a', 'record'] as never }])
    expect(block.length).toBeGreaterThan(0)
    expect(readSequenced(frame)).toMatchObject({ seq: 3, events: [], rejected: 'undecodable-record' })
  })

  test('whose slice breaks off delivers what came before', () => {
    const whole = aCommitFrame(4, [{ record: aPost('first') }, { record: aPost('second') }])
    const intact = eventsOf(whole)
    expect(intact).toHaveLength(2)
    const broken = aCommitFrame(4, [{ record: aPost('first') }, { record: aPost('second') }], {
      blocks: toBytes(brokenSlice(whole)),
    })
    expect(readSequenced(broken)).toMatchObject({
      rejected: 'undecodable-blocks',
      events: [{ action: 'create' }],
    })
  })

  test.each([
    ['no repo', { repo: 7 }],
    ['no list of ops', { ops: 'none' }],
    ['a commit that is no link', { commit: 'bafy' }],
  ])('with %s is rejected, and the cursor can pass it', (_what, body) => {
    expect(readSequenced(aCommitFrame(5, [{}], body))).toMatchObject({ seq: 5, rejected: 'malformed-body' })
  })

  test('that was too big to send says so', () => {
    const frame = aCommitFrame(6, [], { tooBig: true, blocks: toBytes(new Uint8Array()) })
    expect(readSequenced(frame)).toMatchObject({ tooBig: true, events: [], rejected: null })
  })
})

describe('other frames', () => {
  test('an identity has a handle only when the relay said one', () => {
    expect(eventsOf(anIdentityFrame(1, 'alice.example'))).toMatchObject([
      { type: 'identity', handle: 'alice.example' },
    ])
    expect(eventsOf(anIdentityFrame(2))[0]).not.toHaveProperty('handle')
  })

  test('an account has a status only when the relay said one', () => {
    expect(eventsOf(anAccountFrame(1, false, 'takendown'))).toMatchObject([
      { active: false, status: 'takendown' },
    ])
    expect(eventsOf(anAccountFrame(2, true))[0]).not.toHaveProperty('status')
  })

  test('a sync moves the cursor and yields nothing', () => {
    expect(read(aFrame('#sync', { seq: 8, did: 'did:plc:x', rev: 'r', time: '' }))).toMatchObject({
      kind: 'sync',
      seq: 8,
      events: [],
    })
  })

  test('what the relay says about the subscription keeps its name', () => {
    expect(read(aFrame('#info', { name: 'OutdatedCursor', message: 'too old' }))).toEqual({
      kind: 'info',
      name: 'OutdatedCursor',
      message: 'too old',
    })
    expect(read(anErrorFrame('FutureCursor'))).toEqual({ kind: 'error', name: 'FutureCursor', message: '' })
  })

  test('a type that we do not know is skipped, whatever its body is', () => {
    const frame = Buffer.concat([encode({ op: 1, t: '#novelty' }), Buffer.from([0xff, 0xff])])
    expect(read(frame)).toEqual({ kind: 'unknown', type: '#novelty' })
  })

  test.each([
    ['nothing', Buffer.alloc(0), 'undecodable-frame'],
    ['noise', Buffer.from('not cbor at all'), 'undecodable-frame'],
    ['a header without a body', encode({ op: 1, t: '#commit' }), 'undecodable-frame'],
    ['a frame cut short', aCommitFrame(1).subarray(0, 90), 'undecodable-frame'],
    ['a commit without a sequence', aCommitFrame(1, [{}], { seq: null }), 'malformed-body'],
    ['a sequence that is no whole number', aCommitFrame(1, [{}], { seq: 1.5 }), 'malformed-body'],
    ['a negative sequence', aCommitFrame(1, [{}], { seq: -1 }), 'malformed-body'],
  ])('%s is unreadable, and never thrown', (_what, bytes, reason) => {
    expect(read(bytes)).toEqual({ kind: 'unreadable', rejected: reason })
  })
})

describe(collectionFilter, () => {
  test.each([
    ['app.bsky.*', 'app.bsky.feed.post', true],
    ['app.bsky.*', 'app.bskyfeed.post', false],
    ['app.bsky.*', 'app.bsky', false],
    ['app.bsky.feed.like', 'app.bsky.feed.like', true],
    ['app.bsky.feed.like', 'app.bsky.feed.likes', false],
    ['*', 'com.example.anything', true],
  ])('%s and %s: %s', (pattern, collection, expected) => {
    expect(collectionFilter([pattern])(collection)).toBe(expected)
  })
})

/** The blocks of a frame with two records, cut in the middle of the second. */
function brokenSlice(frame: Buffer): Uint8Array {
  const at = frame.indexOf('second')
  const start = frame.indexOf(Buffer.from('roots')) - 3
  return frame.subarray(start, at)
}
