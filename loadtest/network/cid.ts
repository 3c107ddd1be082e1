import { hash } from 'node:crypto'
import { CidLinkWrapper } from '@atcute/cbor'
import { type Binary, bytesOf } from './binary.ts'

/** The 36 bytes of a CID: version 1, DAG-CBOR, SHA-256, digest. */
export type Cid = Binary

const PREFIX: Binary = '\u0001\u0071\u0012\u0020'

/** The CID of a DAG-CBOR block. */
export function cidOf(block: Uint8Array): Cid {
  return PREFIX + hash('sha256', block, 'binary')
}

/** `bafyrei…`, as events and records write it. */
export function cidText(cid: Cid): string {
  return linkTo(cid).$link
}

/** A link to a block, for encoding. */
export function linkTo(cid: Cid): CidLinkWrapper {
  return new CidLinkWrapper(bytesOf(cid))
}
