import { formatDidKey, multibaseToBytes, parseDidKey } from '@atproto/crypto'

/** Methods of before `Multikey`, whose keys do not name their curve. */
const LEGACY: Readonly<Record<string, string>> = {
  EcdsaSecp256r1VerificationKey2019: 'ES256',
  EcdsaSecp256k1VerificationKey2019: 'ES256K',
}

/** `did:key:…` of a verification method; `null` when it holds no key of the protocol. Never throws. */
export function readSigningKey(method: Readonly<Record<string, unknown>>): string | null {
  const { type, publicKeyMultibase: text } = method
  if (typeof type !== 'string' || typeof text !== 'string' || text.length > 200) return null
  try {
    if (type === 'Multikey') {
      parseDidKey(`did:key:${text}`)
      return `did:key:${text}`
    }
    const algorithm = Object.hasOwn(LEGACY, type) ? LEGACY[type] : undefined
    return algorithm === undefined ? null : formatDidKey(algorithm, multibaseToBytes(text))
  } catch {
    return null
  }
}
