import type { UndoJournal } from './undo-journal.ts'

/** A process that a drill may end, freeze and start again. */
export interface Victim {
  /** `null` while it is down. */
  readonly pid: number | null
  start(): Promise<void>
  /** Sends a signal and waits for the end. */
  kill(signal: NodeJS.Signals): Promise<void>
}

/** All that a drill may hurt. What is not in here is out of its reach. */
export interface Target {
  /** Where Redis listens, also while it is down. */
  readonly redisUrl: string
  readonly stream: string
  readonly group: string
  /** The server process; `null` when we did not start it, and then it must not be killed. */
  readonly redis: Victim | null
  readonly ingester: Victim | null
  /** By consumer name. */
  readonly consumers: ReadonlyMap<string, Victim>
  /** Where a fault that may outlive us writes down how it is undone, before it strikes. */
  readonly undo: UndoJournal
}
