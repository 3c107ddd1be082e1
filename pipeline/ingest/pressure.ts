import type { Clock } from '#kernel/time/clock.ts'
import { judgeGate, type Load } from './delivery/gate.ts'

/** Something that can stop reading without losing what it does not read. */
export interface Source {
  pause(): void
  resume(): void
}

/** Holds a source back while too much is under way. */
export interface Pressure {
  /** To be called whenever the load may have changed. */
  settle(): void
}

export interface PressureOptions {
  readonly source: Source
  /** Bytes under way at which the source is held back. */
  readonly limit: number
  readonly load: () => Load
  readonly clock: Clock
  /** Told the milliseconds for which the source was held back, as they pass. */
  readonly onHeld: (milliseconds: number) => void
}

export function createPressure({ source, limit, load, clock, onHeld }: PressureOptions): Pressure {
  let heldSince: number | null = null
  return {
    settle() {
      const wasHeld = heldSince !== null
      const isHeld = judgeGate(wasHeld, load(), limit)
      if (!wasHeld && !isHeld) return
      const now = clock.now()
      if (heldSince !== null) onHeld(now - heldSince)
      heldSince = isHeld ? now : null
      if (isHeld && !wasHeld) source.pause()
      if (wasHeld && !isHeld) source.resume()
    },
  }
}
