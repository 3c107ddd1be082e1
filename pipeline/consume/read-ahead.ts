import type { Delivered } from './delivered.ts'
import type { HeldEntries } from './held-entries.ts'

export interface ReadAheadOptions {
  readonly read: (from: string) => Promise<Delivered[]>
  /** Most entries that one read brings. */
  readonly count: number
  readonly held: Pick<HeldEntries, 'atMost' | 'size'>
  /** Entries held above which the next read waits: one batch being committed, the next already here. */
  readonly limit: number
}

export interface ReadAhead {
  /** Whether a read is under way that nobody has waited for: what it brings is ours, and must be taken. */
  readonly isUnderWay: boolean
  /**
   * The entries of the read that is under way, or of a new one; rejects with the signal's reason while it waits.
   * Who asks for his pending ones lets go of the read under way: what it brought is pending by then.
   */
  readonly next: (from: string, signal: AbortSignal) => Promise<Delivered[]>
}

/**
 * Reads batch by batch. A whole batch of new entries has the next read sent before anybody works on it, so that
 * neither this process nor Redis waits for the other: at most one batch more than `limit` allows by itself.
 */
export function readAhead({ read, count, held, limit }: ReadAheadOptions): ReadAhead {
  let underWay: Promise<Delivered[]> | null = null
  return {
    get isUnderWay() {
      return underWay !== null
    },
    async next(from, signal) {
      if (from !== '>') underWay = null
      if (!underWay) await held.atMost(limit, signal)
      const reading = underWay ?? read(from)
      underWay = null
      const entries = await reading
      const isMore = from === '>' && entries.length === count
      if (isMore && held.size <= limit && !signal.aborted) {
        underWay = read('>')
        // Whoever asks next hears of a failure; until then nobody listens.
        underWay.catch(() => {})
      }
      return entries
    },
  }
}
