import { encode } from '@atcute/cbor'
import { type Binary, binary } from './binary.ts'
import { type Cid, linkTo } from './cid.ts'
import type { Block } from './mst-node.ts'
import { varint } from './varint.ts'

/** A CAR file (version 1) with one root: header, then each block behind its length and CID. */
export function carSlice(root: Cid, blocks: readonly Block[]): Buffer {
  const header = binary(encode({ roots: [linkTo(root)], version: 1 }))
  let car = section(header)
  for (const { cid, bytes } of blocks) car += section(cid + bytes)
  return Buffer.from(car, 'latin1')
}

function section(content: Binary): Binary {
  return varint(content.length) + content
}
