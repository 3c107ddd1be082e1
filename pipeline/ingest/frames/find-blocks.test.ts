import { fromUint8Array } from '@atcute/car'
import { encode } from '@atcute/cbor'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aCar, cidOf } from '#test/support/firehose-frames.ts'
import { findBlocks } from './find-blocks.ts'

const withCid = (block: Uint8Array) => ({ cid: cidOf(block), block })

const anyBlocks = fc
  .uniqueArray(fc.string({ maxLength: 300 }), { minLength: 1, maxLength: 12 })
  .map((texts) => texts.map((text) => withCid(encode(text))))

describe(findBlocks, () => {
  test('finds what @atcute/car reads, in the order asked for', () => {
    fc.assert(
      fc.property(anyBlocks, (blocks) => {
        const car = aCar(blocks)
        const read = [...fromUint8Array(car)].toReversed()
        const found = findBlocks(
          car,
          read.map(({ cid }) => cid.bytes),
        )
        expect(found).toEqual({ blocks: read.map(({ bytes }) => bytes), intact: true })
      }),
    )
  })

  test('a slice cut anywhere gives no block that is not whole, and never throws', () => {
    fc.assert(
      fc.property(anyBlocks, fc.nat(), (blocks, cut) => {
        const car = aCar(blocks)
        const { blocks: found } = findBlocks(
          car.subarray(0, cut % car.length),
          blocks.map(({ cid }) => cid.bytes),
        )
        for (const [index, bytes] of found.entries()) {
          if (bytes) expect(Buffer.from(bytes)).toEqual(Buffer.from(blocks[index]?.block ?? []))
        }
      }),
    )
  })

  test('what is not there, or not asked for, is undefined', () => {
    const [here, gone] = [withCid(encode('here')), withCid(encode('gone'))]
    const { blocks, intact } = findBlocks(aCar([here]), [gone.cid.bytes, undefined, here.cid.bytes])
    expect(blocks.map((block) => block && Buffer.from(block).equals(here.block))).toEqual([
      undefined,
      undefined,
      true,
    ])
    expect(intact).toBe(true)
  })

  test.each([
    ['nothing at all', Buffer.alloc(0), true],
    ['a length beyond the end', Buffer.from([0x7f, 1]), false],
    ['a length that never ends', Buffer.from([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]), false],
    ['an empty section', Buffer.from([0]), false],
  ])('%s is no slice to find anything in', (_what, car, intact) => {
    expect(findBlocks(car, [withCid(encode('x')).cid.bytes])).toEqual({ blocks: [undefined], intact })
  })
})
