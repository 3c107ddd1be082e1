import type { Redis } from 'ioredis'

/** One server that an audit asks: the only one, or a primary of a cluster. */
export interface AuditedServer {
  /** Or why it cannot be reached. */
  readonly connection: { readonly redis: Redis } | { readonly unreachable: string }
  /** With its secrets. */
  readonly url: string
  /** `host:port`, by which its findings are told; `null` when it is the only one. */
  readonly address: string | null
  /** The named streams that lie on it, those that do not exist included. */
  readonly streams: readonly string[]
  /** Whether it answers for what is the same on all of them. */
  readonly speaks: boolean
}
