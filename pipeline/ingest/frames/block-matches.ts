import { hash } from 'node:crypto'

/** Version, codec, hash and length, before the 32 bytes of the digest. */
const CID_PREFIX_BYTES = 4

/** Whether a block is what its CID (version 1, sha-256) says. */
export function blockMatches(cid: Uint8Array, block: Uint8Array): boolean {
  const digest = hash('sha256', block, 'buffer')
  return digest.equals(cid.subarray(CID_PREFIX_BYTES))
}
