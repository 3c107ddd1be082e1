import { hash } from 'node:crypto'
import { CidLinkWrapper } from '@atcute/cbor'

/** The 36 bytes of a CID: version 1, DAG-CBOR, SHA-256, digest. */
export type CidBytes = Buffer

const PREFIX = Buffer.from([0x01, 0x71, 0x12, 0x20])

/** The CID of a DAG-CBOR block. */
export function cidOf(block: Uint8Array): CidBytes {
  return Buffer.concat([PREFIX, hash('sha256', block, 'buffer')], 36)
}

/** `bafyrei…`, as events and records write it. */
export function cidText(cid: CidBytes): string {
  return new CidLinkWrapper(cid).$link
}

/** A link to a block, for encoding. */
export function linkTo(cid: CidBytes): CidLinkWrapper {
  return new CidLinkWrapper(cid)
}
