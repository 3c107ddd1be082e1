/** The two elliptic curves that repositories are signed on, https://atproto.com/specs/cryptography. */
export type Curve = 'p256' | 'k256'

/** Number of points of each curve: private keys and both halves of a signature lie below it. */
export const ORDERS: Readonly<Record<Curve, bigint>> = {
  p256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  k256: 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n,
}

/** What node:crypto calls them. */
export const OPENSSL_NAMES: Readonly<Record<Curve, string>> = { p256: 'prime256v1', k256: 'secp256k1' }
