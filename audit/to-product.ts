import type { Fields } from './fields.ts'
import type { Product } from './known-defects.ts'

/** Which server answers, and its own version; the version of Redis that it claims to be like may be another. */
export interface ServerProduct {
  readonly product: Product
  readonly version: string
  /** The INFO fields that say so. */
  readonly fields: readonly string[]
}

/** By INFO; throws `MissingEvidence` when it names no version. */
export function toProduct(server: Fields): ServerProduct {
  const named = ['valkey', 'dragonfly', 'keydb'] as const
  for (const product of named) {
    const field = `${product}_version`
    if (server.has(field)) return { product, version: server.text(field), fields: [field, 'redis_version'] }
  }
  return { product: 'redis', version: server.text('redis_version'), fields: ['redis_version'] }
}
