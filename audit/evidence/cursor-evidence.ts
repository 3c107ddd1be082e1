/** Where the producers of a stream stand, as they have stored it in the same Redis. */
export interface CursorEvidence {
  readonly stream: string
  readonly cursors: readonly StoredCursor[]
  /** Whether every key was looked at; `false` in a keyspace too large to scan at a glance. */
  readonly complete: boolean
}

export interface StoredCursor {
  readonly key: string
  readonly value: string
  /** Whether the place to look for newcomers is stored with it, as our listing of repos does. */
  readonly hasTail: boolean
}
