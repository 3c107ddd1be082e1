import type { Gap, GapEnd, GapReason } from '#pipeline/contract.ts'

/** Knows how far a relay has been heard, and says where its order breaks off. */
export interface GapWatch {
  /** What comes next may not be what followed. Without anything heard before there is nothing to miss. */
  suspect(reason: GapReason): void
  /** A subscription begins with what comes next, and not for the first time if one was open before. */
  openedLive(): void
  /** Redis forgot; `null` when it forgot everything, also what lay before the cursor. */
  fellBackTo(seq: number | null): void
  /** To be told of every sequence of the relay; the gap before it, or `null` when none is there. */
  see(seq: number, time: string): Gap | null
  /** The gap behind the last place heard, whose other end is not known. */
  breakOff(reason: GapReason): Gap
  /** Begins anew, with nothing heard. */
  forget(): void
}

const NOWHERE: GapEnd = { seq: null, time: null }

/**
 * `last` is the place up to which everything is stored; both parts are `null` when nothing ever was. Sequences
 * of a relay have holes of its own, so only the very next one shows that nothing is missing.
 */
export function createGapWatch(host: string, last: GapEnd, now: () => number): GapWatch {
  let heard = last
  let suspicion: { readonly reason: GapReason; readonly from: GapEnd } | null = null
  const clock = () => new Date(now()).toISOString()
  const watch: GapWatch = {
    suspect(reason) {
      if (heard.seq !== null || heard.time !== null) suspicion ??= { reason, from: heard }
    },
    openedLive() {
      watch.suspect('no-cursor')
      if (heard.time === null) heard = { seq: null, time: clock() }
    },
    fellBackTo(seq) {
      if (seq === null) suspicion = { reason: 'cursor-vanished', from: NOWHERE }
      heard = seq === null ? NOWHERE : { seq, time: null }
    },
    see(seq, time) {
      const suspected = suspicion
      suspicion = null
      const isNext = heard.seq !== null && seq <= heard.seq + 1
      if (heard.seq === null || seq > heard.seq) heard = { seq, time: time || null }
      if (suspected === null || isNext) return null
      return { host, ...suspected, to: { seq, time: time || null }, noticedAt: clock() }
    },
    breakOff: (reason) => ({ host, reason, from: heard, to: NOWHERE, noticedAt: clock() }),
    forget() {
      heard = NOWHERE
      suspicion = null
    },
  }
  return watch
}
