import { UsageError } from '#kernel/errors.ts'

/** What an operator asks of a capacity run. */
export interface CapacityChoices {
  readonly events: number | undefined
  readonly hours: number | undefined
  readonly rate: number | undefined
  readonly groups: number
  readonly replayWindowHours: number
  readonly maxmemoryBytes: number
}

/** A capacity run, resolved. */
export interface CapacityChosen {
  readonly events: number
  /** Entries that every group is handed, for what a pending entry costs. */
  readonly pendingEntries: number
  /** Names of the groups. */
  readonly groups: readonly string[]
  readonly replayWindowHours: number
  readonly maxmemoryBytes: number
  /** The operator's own events per second; `null` when not said. */
  readonly ownRate: number | null
}

const DEFAULT_EVENTS = 2_700_000
const MOST_PENDING = 200_000

/** Throws `UsageError` where the choices contradict each other. */
export function planCapacity(choices: CapacityChoices): CapacityChosen {
  const { events, hours, rate } = choices
  if (hours !== undefined && rate === undefined)
    throw new UsageError(`--hours ${hours} says nothing without a rate; add --events-per-second`)
  if (hours !== undefined && events !== undefined)
    throw new UsageError(`--events ${events} and --hours ${hours} both say how many; give one of them`)
  const asked = hours === undefined ? (events ?? DEFAULT_EVENTS) : Math.ceil(hours * 3_600 * (rate ?? 0))
  return {
    events: asked,
    pendingEntries: Math.min(asked, MOST_PENDING),
    groups: Array.from({ length: choices.groups }, (_, index) => `group-${index + 1}`),
    replayWindowHours: choices.replayWindowHours,
    maxmemoryBytes: choices.maxmemoryBytes,
    ownRate: rate ?? null,
  }
}
