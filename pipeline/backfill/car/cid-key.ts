import { CidLinkWrapper } from '@atcute/cbor'

/**
 * The 36 bytes of a CID (version 1, SHA-256) as text, one character per byte: as a key of a map it costs a third
 * of what its base32 form does.
 */
export type CidKey = string

export const CID_BYTES = 36

/** Version, codec, hash and length stand before the digest. */
export const CID_PREFIX_BYTES = 4

/** The CID that a block begins with, or `null` when it is none of those that repos are made of. */
export function cidKeyAt(section: Buffer): CidKey | null {
  if (section.length < CID_BYTES || section[0] !== 0x01) return null
  // DAG-CBOR, or raw bytes.
  if (section[1] !== 0x71 && section[1] !== 0x55) return null
  if (section[2] !== 0x12 || section[3] !== 0x20) return null
  return section.toString('latin1', 0, CID_BYTES)
}

export function cidKeyOf(cid: { readonly bytes: Uint8Array }): CidKey {
  const { buffer, byteOffset, byteLength } = cid.bytes
  return Buffer.from(buffer, byteOffset, byteLength).toString('latin1')
}

/** `bafyrei…`, as events write it. */
export function cidText(cid: CidKey): string {
  return new CidLinkWrapper(Buffer.from(cid, 'latin1')).$link
}
