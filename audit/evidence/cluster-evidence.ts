import type { Quote } from '../quote.ts'

/** How the keys of the named streams lie in a cluster. */
export interface ClusterEvidence {
  readonly enabled: boolean
  /** One per named stream and only in a cluster: the slots of the keys that one script has to touch. */
  readonly slots: readonly KeySlots[]
}

export interface KeySlots {
  readonly stream: string
  readonly keys: readonly { readonly key: string; readonly slot: number }[]
  readonly quotes: readonly Quote[]
}
