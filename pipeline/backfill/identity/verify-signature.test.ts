import { formatDidKey } from '@atproto/crypto'
import { expect, test } from 'vitest'
import { type Curve, ORDERS } from '#loadtest/network/curves.ts'
import { signingKeyOf } from '#loadtest/network/signing-key.ts'
import { publicKeyOf } from './public-key.ts'
import { isSignedBy } from './verify-signature.ts'

const ALGORITHMS = { p256: 'ES256', k256: 'ES256K' } as const
const keyOf = (name: string, curve: Curve) =>
  publicKeyOf(formatDidKey(ALGORITHMS[curve], signingKeyOf(name, curve).publicKey()))
const message = Buffer.from('a commit')

test.each<Curve>(['p256', 'k256'])('on %s only the key, the bytes and the lower form hold', (curve) => {
  const signature = signingKeyOf('alice', curve).sign(message)
  const alice = keyOf('alice', curve)
  expect(isSignedBy(alice, message, signature)).toBe(true)
  expect(isSignedBy(alice, Buffer.from('another'), signature)).toBe(false)
  expect(isSignedBy(keyOf('bob', curve), message, signature)).toBe(false)
  expect(isSignedBy(alice, message, signature.subarray(0, 63))).toBe(false)
  expect(isSignedBy(alice, message, Buffer.alloc(64))).toBe(false)
  expect(isSignedBy(alice, message, Buffer.alloc(0))).toBe(false)
})

test.each<Curve>(['p256', 'k256'])('the higher form of a valid signature on %s is refused', (curve) => {
  const signature = signingKeyOf('alice', curve).sign(message)
  const s = BigInt(`0x${signature.subarray(32).toString('hex')}`)
  const high = (ORDERS[curve] - s).toString(16).padStart(64, '0')
  const malleable = Buffer.concat([signature.subarray(0, 32), Buffer.from(high, 'hex')])
  const { key } = keyOf('alice', curve)
  // OpenSSL alone would take it.
  expect(isSignedBy({ key, mostS: Buffer.alloc(32, 0xff) }, message, malleable)).toBe(true)
  expect(isSignedBy(keyOf('alice', curve), message, malleable)).toBe(false)
})

test.each(['did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK', 'did:key:z', 'did:plc:x', ''])(
  '"%s" is no key of the protocol',
  (text) => {
    expect(() => publicKeyOf(text)).toThrow()
  },
)
