/** Which squares of the matrix are measured, and for how long each. */
export interface BaselinePlan {
  readonly commands: readonly string[]
  readonly payloads: readonly number[]
  readonly clients: readonly number[]
  /** Policies of the append-only file, each a server of its own. */
  readonly aof: readonly AofPolicy[]
  readonly depth: number
  readonly cellMs: number
}

export const AOF_POLICIES = ['off', 'everysec', 'always'] as const

export type AofPolicy = (typeof AOF_POLICIES)[number]
