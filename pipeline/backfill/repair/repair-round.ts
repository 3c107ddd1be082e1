import { z } from 'zod'
import type { OpenGap } from '#pipeline/ingest/gaps/read-gaps.ts'

const round = z.object({
  /** Counted under this name. */
  id: z.string(),
  /** The entries of the gaps that it repairs. */
  gaps: z.array(z.string()),
  /** Repos unchanged since then are left alone, milliseconds since the epoch; `null` leaves none alone. */
  since: z.number().nullable(),
  startedAt: z.string(),
  /** Where the next page of the listing begins; `''` is the first. */
  cursor: z.string(),
  isListed: z.boolean(),
  listed: z.int(),
  queued: z.int(),
  /** The entry of the repair stream up to which its repos lie; `null` until it is listed. */
  upTo: z.string().nullable(),
})

/** One walk through everything that a relay lists, for all of its gaps that were open when it began. */
export type RepairRound = z.infer<typeof round>

/** Reads a round as it is stored; `null` when it is none. */
export function parseRound(text: string): RepairRound | null {
  try {
    return round.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

/**
 * The round that repairs these gaps together: it begins where the earliest does, and `margin` milliseconds before,
 * because clocks differ and hosts may have been cut off from the relay. Where nobody knows when a gap began, every
 * repo may have changed.
 */
export function newRound(id: string, gaps: readonly OpenGap[], margin: number, now: number): RepairRound {
  const began = gaps.map(({ from }) => (from.time === null ? Number.NaN : Date.parse(from.time)))
  const since = Math.min(...began) - margin
  return {
    id,
    gaps: gaps.map((gap) => gap.id),
    since: Number.isFinite(since) ? since : null,
    startedAt: new Date(now).toISOString(),
    cursor: '',
    isListed: false,
    listed: 0,
    queued: 0,
    upTo: null,
  }
}
