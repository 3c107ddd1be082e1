import { encode } from '@atcute/cbor'
import { type CidBytes, linkTo } from './cid.ts'
import type { Block } from './mst-node.ts'
import { varint } from './varint.ts'

/** A CAR file (version 1) with one root: header, then each block behind its length and CID. */
export function carSlice(root: CidBytes, blocks: readonly Block[]): Buffer {
  const header = encode({ roots: [linkTo(root)], version: 1 })
  const parts: Uint8Array[] = [varint(header.length), header]
  for (const { cid, bytes } of blocks) parts.push(varint(cid.length + bytes.length), cid, bytes)
  return Buffer.concat(parts)
}
