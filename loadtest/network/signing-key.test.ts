import { formatDidKey, verifySignature } from '@atproto/crypto'
import { expect, test } from 'vitest'
import { type Curve, ORDERS } from './curves.ts'
import { toNumber } from './modular.ts'
import { signingKeyOf } from './signing-key.ts'

const ALGORITHMS = { p256: 'ES256', k256: 'ES256K' } as const

test.each<Curve>(['p256', 'k256'])('signatures on %s are valid, low-S and repeatable', async (curve) => {
  const key = signingKeyOf('someone', curve)
  const didKey = formatDidKey(ALGORITHMS[curve], key.publicKey())
  for (let index = 0; index < 20; index += 1) {
    const message = Buffer.from(`message ${index}`)
    const signature = key.sign(message)

    expect(toNumber(signature.subarray(32)) * 2n).toBeLessThan(ORDERS[curve])
    expect(signingKeyOf('someone', curve).sign(message)).toEqual(signature)
    expect(await verifySignature(didKey, message, signature)).toBe(true)
  }
})

test('a signature does not hold for another message, nor for another key', async () => {
  const key = signingKeyOf('someone', 'p256')
  const signature = key.sign(Buffer.from('yes'))
  const didKeyOf = (name: string) => formatDidKey('ES256', signingKeyOf(name, 'p256').publicKey())

  expect(await verifySignature(didKeyOf('someone'), Buffer.from('no'), signature)).toBe(false)
  expect(await verifySignature(didKeyOf('somebody'), Buffer.from('yes'), signature)).toBe(false)
})
