import { createECDH, hash } from 'node:crypto'
import { type Curve, OPENSSL_NAMES, ORDERS } from './curves.ts'
import { inverse, toBytes32, toNumber } from './modular.ts'

/** A key that signs commits of one synthetic account, and nothing else in the world. */
export interface SigningKey {
  readonly curve: Curve
  /** Compressed, 33 bytes. Computed on each call. */
  publicKey(): Buffer
  /** ECDSA over SHA-256: 64 bytes, low-S, the same for the same bytes. */
  sign(bytes: Uint8Array): Buffer
}

/**
 * One secret number of a signature, prepared: `r` is its point's x, `inverse` its inverse. Two signatures with one
 * nonce give the private key away. These keys guard nothing, so a handful of nonces serves all of them: a signature
 * costs two multiplications instead of a walk on the curve, and is the same for the same seed.
 */
interface Nonce {
  readonly r: bigint
  readonly inverse: bigint
}

const NONCES = 16
const nonces = new Map<Curve, readonly Nonce[]>()

/** The key that belongs to a name, always the same. */
export function signingKeyOf(name: string, curve: Curve): SigningKey {
  const order = ORDERS[curve]
  const secret = secretFrom(`key ${name}`, order)
  return {
    curve,
    publicKey: () => pointOf(secret, curve),
    sign(bytes) {
      const digest = hash('sha256', bytes, 'buffer')
      const { r, inverse: k } = nonceFor(curve, digest)
      const s = (k * (toNumber(digest) + r * secret)) % order
      return Buffer.concat([toBytes32(r), toBytes32(s > order >> 1n ? order - s : s)])
    },
  }
}

function nonceFor(curve: Curve, digest: Buffer): Nonce {
  const prepared = nonces.get(curve) ?? prepareNonces(curve)
  return prepared[(digest[0] ?? 0) % NONCES] as Nonce
}

function prepareNonces(curve: Curve): readonly Nonce[] {
  const order = ORDERS[curve]
  const prepared = Array.from({ length: NONCES }, (_, index) => {
    const secret = secretFrom(`nonce ${index}`, order)
    const x = toNumber(pointOf(secret, curve).subarray(1))
    return { r: x % order, inverse: inverse(secret, order) }
  })
  nonces.set(curve, prepared)
  return prepared
}

function secretFrom(name: string, order: bigint): bigint {
  return (toNumber(hash('sha256', name, 'buffer')) % (order - 1n)) + 1n
}

function pointOf(secret: bigint, curve: Curve): Buffer {
  const ecdh = createECDH(OPENSSL_NAMES[curve])
  ecdh.setPrivateKey(toBytes32(secret))
  return ecdh.getPublicKey(null, 'compressed') as unknown as Buffer
}
