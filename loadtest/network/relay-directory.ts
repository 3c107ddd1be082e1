import type { Listing } from './hosts/listing-host.ts'

/** What a relay knows of repos besides their events. */
export interface RelayDirectory {
  /** Repos in the order in which it came to know them: `most` at most, from a place that counts from 0. */
  list(from: number, most: number): readonly Listing[]
  /** Origin of the host that has the repo; `null` when nobody goes by that name. */
  hostOf(did: string): string | null
}

/** Knows nobody. */
export const EMPTY_DIRECTORY: RelayDirectory = { list: () => [], hostOf: () => null }
