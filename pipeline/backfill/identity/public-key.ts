import { createPublicKey, type KeyObject } from 'node:crypto'
import { parseDidKey } from '@atproto/crypto'

/** A key that repos are signed with. */
export interface PublicKey {
  readonly key: KeyObject
  /** Half the number of points of the curve: a signature's second number is at most this. */
  readonly mostS: Buffer
}

const CURVES = {
  ES256: { crv: 'P-256', mostS: '7fffffff800000007fffffffffffffffde737d56d38bcf4279dce5617e3192a8' },
  ES256K: { crv: 'secp256k1', mostS: '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0' },
} as const

/** Reads `did:key:z…` on one of the two curves of the protocol. Throws on anything else. */
export function publicKeyOf(didKey: string): PublicKey {
  const { jwtAlg, keyBytes } = parseDidKey(didKey)
  const curve = Object.entries(CURVES).find(([algorithm]) => algorithm === jwtAlg)?.[1]
  if (!curve) throw new TypeError(`not a key of the protocol: "${didKey}"`)
  // 0x04, then both coordinates.
  const point = Buffer.from(keyBytes)
  const x = point.subarray(1, 33).toString('base64url')
  const y = point.subarray(33, 65).toString('base64url')
  return {
    key: createPublicKey({ key: { kty: 'EC', crv: curve.crv, x, y }, format: 'jwk' }),
    mostS: Buffer.from(curve.mostS, 'hex'),
  }
}
