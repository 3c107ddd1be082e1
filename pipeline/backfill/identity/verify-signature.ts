import { verify } from 'node:crypto'
import type { PublicKey } from './public-key.ts'

/**
 * Whether this is the signature of these bytes: ECDSA over SHA-256, 64 bytes, with the lower of the two possible
 * second numbers. OpenSSL takes either, so the second form of every signature must be refused by hand,
 * https://atproto.com/specs/cryptography#ecdsa-signature-malleability.
 */
export function isSignedBy({ key, mostS }: PublicKey, bytes: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false
  if (Buffer.compare(signature.subarray(32), mostS) > 0) return false
  return verify('sha256', bytes, { key, dsaEncoding: 'ieee-p1363' }, signature)
}
