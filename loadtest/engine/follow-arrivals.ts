import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Clock } from '#kernel/time/clock.ts'
import type { Slot } from '#loadtest/arrivals/slots.ts'
import { LATE_AFTER_MS } from '#loadtest/network/emission.ts'

export interface FollowOptions {
  readonly slots: Iterable<Slot>
  /** Milliseconds on the clock of the run at which slot 0 is due. */
  readonly startAt: number
  /** Open: a slot is taken when its time has come. Closed: as soon as there is room. */
  readonly model: 'open' | 'closed'
  readonly clock: Clock
  readonly signal: AbortSignal
  /** `null` when there is room for a slot, else resolves once there may be. */
  readonly room: () => Promise<void> | null
  /**
   * Takes a slot. `intendedAt` is when it was due by the clock; `late` whether it is taken late although there was
   * room, so that nobody but the generator is to blame.
   */
  readonly take: (slot: Slot, intendedAt: number, late: boolean) => void
}

const LONGEST_SLEEP_MS = 100
/** Slots in a row before replies are listened to. */
const IN_A_ROW = 16

/**
 * Follows a plan of arrivals by the clock until it ends or the signal aborts. An arrival that finds no room waits,
 * and is taken with the time at which it was due: nothing is left out because the system under load is slow.
 */
export async function followArrivals(options: FollowOptions): Promise<void> {
  const { slots, startAt, model, clock, signal, room, take } = options
  let heldUpTo = -Infinity
  let inARow = 0
  for (const slot of slots) {
    const dueAt = startAt + slot.atMs
    while (model === 'open' && clock.now() < dueAt && !signal.aborted) {
      inARow = 0
      await clock.sleep(Math.min(LONGEST_SLEEP_MS, Math.max(1, dueAt - clock.now())), signal).catch(() => {})
    }
    for (let full = room(); full !== null && !signal.aborted; full = room()) {
      await full
      heldUpTo = clock.now()
      inARow = 0
    }
    if (signal.aborted) return
    const now = clock.now()
    if (model === 'open') take(slot, dueAt, now - Math.max(dueAt, heldUpTo) > LATE_AFTER_MS)
    else take(slot, now, false)
    if (++inARow < IN_A_ROW) continue
    inARow = 0
    await nextTurn()
  }
}
