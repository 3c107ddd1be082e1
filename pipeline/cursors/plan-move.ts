import { formatNumber } from '#kernel/format/format-number.ts'

/** What setting a cursor does to the data. */
export interface MovePlan {
  readonly key: string
  /** `null` when none is stored. */
  readonly from: number | null
  readonly to: number
  /**
   * `begins`: there was none. `replays`: backwards, so events come again. `skips`: forwards, so events are never
   * asked for. `stays`: it is there already.
   */
  readonly effect: 'begins' | 'replays' | 'skips' | 'stays'
  /** Sequences between the two. Relays leave gaps in them, so this is no count of events. */
  readonly sequences: number
  /** What becomes of the data, for a person who has to decide. */
  readonly says: string
}

export function planMove(key: string, from: number | null, to: number): MovePlan {
  const plan = (effect: MovePlan['effect'], says: string): MovePlan => ({
    key,
    from,
    to,
    effect,
    sequences: from === null ? 0 : Math.abs(to - from),
    says,
  })
  if (from === null) {
    return plan('begins', `the relay is asked for everything after ${to}; what lies before is not asked for`)
  }
  if (to === from) return plan('stays', 'nothing changes')
  const count = formatNumber(Math.abs(to - from))
  return to < from
    ? plan(
        'replays',
        `REPLAY: the relay is asked again for ${count} sequences, ${to + 1} to ${from}: those it still has are added a second time, and every group receives them again`,
      )
    : plan(
        'skips',
        `LOSS: ${count} sequences, ${from + 1} to ${to}, are never asked for: what they hold and is not in the stream is lost`,
      )
}
