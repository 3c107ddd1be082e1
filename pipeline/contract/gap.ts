/**
 * Why events between two places of a relay's order may be missing. `outdated-cursor`: the relay had dropped what
 * comes after the cursor. `future-cursor`: the relay had not come as far as the cursor, and the operator lets us
 * begin anew. `cursor-vanished`: Redis forgot the cursor while we ran. `no-cursor`: there was none to go on from,
 * though the stream has been written, or an earlier connection had been open.
 */
export const GAP_REASONS = ['outdated-cursor', 'future-cursor', 'cursor-vanished', 'no-cursor'] as const

export type GapReason = (typeof GAP_REASONS)[number]

/** A stretch of a relay's order that may hold events which never reached the stream. */
export interface Gap {
  /** The relay without its scheme. */
  readonly host: string
  readonly reason: GapReason
  /** Behind this, something may be missing. `null` where nobody knows. */
  readonly from: GapEnd
  /** From here on everything is there. `null` where nothing has come yet. */
  readonly to: GapEnd
  /** By our clock, ISO 8601. */
  readonly noticedAt: string
}

export interface GapEnd {
  readonly seq: number | null
  /** ISO 8601. */
  readonly time: string | null
}

/** The one field of an entry of gaps, holding a `Gap` as JSON text. */
export const GAP_FIELD = 'gap'

/** Where gaps are kept until they are repaired, or closed by an operator; never trimmed. */
export function gapStream(stream: string): string {
  return `${stream}:gaps`
}

/** Where closed gaps are kept, each with its `GapClosing`; the oldest of many go. */
export function closedGapStream(stream: string): string {
  return `${stream}:gaps:closed`
}

/** The second field of an entry of closed gaps, holding a `GapClosing` as JSON text. */
export const CLOSING_FIELD = 'closing'

/** How a gap came to its end. */
export interface GapClosing {
  /** By our clock, ISO 8601. */
  readonly at: string
  readonly by: 'repair' | 'operator'
  /** What the operator said, or how the repair chose its repos. */
  readonly because: string
  /** Repos that the relay listed, and of those the ones that were fetched again; 0 when an operator closed it. */
  readonly listed: number
  readonly queued: number
  readonly fetched: number
  /** Repos that nobody could fetch: what they missed is still missing, and their letters say why. */
  readonly deadLettered: number
}
