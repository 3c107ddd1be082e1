import type { Duration } from '#kernel/time/duration.ts'
import type { StackOptions } from '#loadtest/stack/stack.ts'
import type { Fault } from './fault.ts'

/** A rehearsed injury: what is broken, what should happen, and in which numbers. */
export interface Drill {
  /** The injury: `consumer-killed-mid-batch`. Also the name of its file. */
  readonly id: string
  readonly title: string
  /** What would have to be seen for it to be wrong. */
  readonly hypothesis: string
  /** Stream events per second, before, during and after the fault. */
  readonly rate: number
  /** How long events keep coming; it must outlast the hold for the recovery to be under load. */
  readonly trafficLasts: Duration
  /** What the stack needs besides, such as the consumers. */
  readonly stack?: Omit<StackOptions, 'rate' | 'events' | 'signal'>
  /** Injected in this order, lifted in reverse. */
  readonly faults: readonly Fault[]
  readonly holdFor: Duration
  /** From the lift until the flow is level again. */
  readonly recoverWithin: Duration
  /** Names of the alerts that must fire while the fault holds or the system recovers. */
  readonly expectAlerts: readonly string[]
  /** The page that answers, by file name without `.md`. */
  readonly runbook: string
}

export function defineDrill(drill: Drill): Drill {
  return drill
}
