import type { Target } from './target.ts'

/** Evidence that an injected fault really took hold; a drill without it proves nothing. */
export interface Proof {
  readonly bit: boolean
  /** What was seen, in a sentence. */
  readonly detail: string
}

/** A fault that struck nothing, and why. */
export function dud(detail: string): Proof {
  return { bit: false, detail }
}

/** One way to hurt the system. A declaration: what it must remember lives in the injury. */
export interface Fault {
  readonly name: string
  against(target: Target): Injury
}

/** One fault about to strike one target, once. */
export interface Injury {
  /** Strikes and says what shows it. Honours the signal within a second. */
  inject(signal: AbortSignal): Promise<Proof>
  /** Undoes it. Always called, also when `inject` failed half-way or never ran; harmless when called again. */
  lift(): Promise<void>
  /** What shows only after the lift, such as a changed run id. Without it the first proof stands alone. */
  confirm?(): Promise<Proof>
}
