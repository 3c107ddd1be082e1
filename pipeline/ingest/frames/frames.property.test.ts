import { encode } from '@atcute/cbor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseEvent } from '#pipeline/consume/parse-event.ts'
import { CAPTURED_FILES, capturedMessages } from '#test/support/captured-firehose.ts'
import { aCommitFrame, aFrame, anIdentityFrame, aPost } from '#test/support/firehose-frames.ts'
import type { Frame } from './frame.ts'
import { readFrame } from './read-frame.ts'
import { readLabelsFrame } from './read-labels-frame.ts'

const label = { src: 'did:plc:a', uri: 'at://did:plc:b', val: 'spam', cts: '2026-01-02T03:04:05.678Z' }

/** Real messages where they are here, and ours. */
const FRAMES: readonly Buffer[] = [
  ...CAPTURED_FILES.flatMap(capturedMessages).map(({ type, body }) => aFrame(type, body)),
  aCommitFrame(1, [{}, { action: 'update' }, { action: 'delete' }]),
  anIdentityFrame(2, 'a.example'),
  aFrame('#labels', { seq: 3, labels: [label, { ...label, neg: true }] }),
]

/** Ways in which bytes are damaged: a byte is another one, a stretch is gone, repeated, or something else. */
const damage = fc.array(
  fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    how: fc.constantFrom('byte', 'cut', 'repeat', 'noise', 'end'),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 24 }),
  }),
  { minLength: 1, maxLength: 3 },
)

type Damage = typeof damage extends fc.Arbitrary<(infer One)[]> ? One : never

function damaged(frame: Buffer, damages: readonly Damage[]): Buffer {
  return damages.reduce((bytes, { at, how, bytes: noise }) => {
    const from = Math.floor(at * bytes.length)
    const to = Math.min(bytes.length, from + noise.length)
    const [before, stretch, after] = [bytes.subarray(0, from), bytes.subarray(from, to), bytes.subarray(to)]
    switch (how) {
      case 'byte':
        return Buffer.concat([before, noise.subarray(0, 1), bytes.subarray(from + 1)])
      case 'cut':
        return Buffer.concat([before, after])
      case 'repeat':
        return Buffer.concat([before, stretch, stretch, after])
      case 'noise':
        return Buffer.concat([before, noise, after])
      case 'end':
        return before
    }
  }, frame)
}

/** What came out: events that a consumer can read, a reason, or something to skip. Anything else throws. */
function outcomeOf(frame: Frame): string {
  if (!('seq' in frame)) return 'rejected' in frame ? frame.rejected : frame.kind
  for (const { action, text } of frame.events) {
    if (action === 'label') JSON.parse(text)
    else if ('error' in parseEvent(text)) return 'event that no consumer understands'
  }
  return frame.rejected ?? 'read'
}

const all = () => true

describe('frames', () => {
  test('as they were sent are read: the control', () => {
    expect(FRAMES.map((frame) => outcomeOf(readLabelsFrame(frame)))).not.toContain('undecodable-frame')
    const events = FRAMES.flatMap((frame) => {
      const read = readFrame(frame, all)
      return 'seq' in read ? read.events : []
    })
    expect(events.length).toBeGreaterThanOrEqual(FRAMES.length - 2)
  })

  test.each([
    { reader: 'readFrame', read: (bytes: Uint8Array) => readFrame(bytes, all) },
    { reader: 'readFrame without CIDs', read: (bytes: Uint8Array) => readFrame(bytes, all, false) },
    { reader: 'readLabelsFrame', read: readLabelsFrame },
  ])('damaged anywhere are read, skipped or rejected for a reason: $reader', ({ read }) => {
    const outcomes = new Set<string>()
    fc.assert(
      fc.property(fc.nat(FRAMES.length - 1), damage, (index, damages) => {
        outcomes.add(outcomeOf(read(damaged(FRAMES[index] ?? Buffer.alloc(0), damages))))
      }),
      { seed: 20_261_121, numRuns: 600 },
    )
    expect(outcomes).toContain('undecodable-frame')
  })

  test('of any bytes are rejected, skipped or read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        outcomeOf(readFrame(bytes, all))
        outcomeOf(readLabelsFrame(bytes))
      }),
      { seed: 20_261_121, numRuns: 600 },
    )
  })

  test('nested deeper than anybody can follow, or with lengths beyond their end, are rejected', () => {
    const header = aFrame('#commit', {}).subarray(0, -1)
    const nested = Buffer.concat([header, Buffer.alloc(200_000, 0x81)])
    // A byte string, a list and a map of 2^32 - 1 items, of which none follows.
    const promises = [0x5a, 0x9a, 0xba].map((kind) =>
      Buffer.concat([header, Buffer.from([kind, 255, 255, 255, 255])]),
    )
    for (const frame of [nested, ...promises]) {
      expect(readFrame(frame, all)).toEqual({ kind: 'unreadable', rejected: 'undecodable-frame' })
    }
  })
})

describe('a record', () => {
  const frame = aCommitFrame(1, [{ record: aPost('short') }, { record: aPost('x'.repeat(500)) }])
  const longest = encode(aPost('x'.repeat(500))).length

  function rejectedOf(mostRecordBytes: number) {
    const read = readFrame(frame, all, true, mostRecordBytes)
    return 'seq' in read ? read.rejected : 'unreadable'
  }

  test('of the limit is an event, and one byte more than that is rejected without its neighbours', () => {
    expect(rejectedOf(longest)).toBeNull()
    const read = readFrame(frame, all, true, longest - 1)
    expect(read).toMatchObject({ rejected: 'record-too-big', events: [{ action: 'create' }] })
  })
})
