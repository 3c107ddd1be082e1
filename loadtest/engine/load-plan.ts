import type { Scenario } from '#loadtest/scenario.ts'

/** A scenario, where it is to take place, and how. */
export interface LoadPlan {
  readonly scenario: Scenario
  readonly redisUrl: string
  readonly seed: number
  /** Threads that share each flow's arrivals. */
  readonly producers: number
  /** Folder for the ledger; `null` is one of our own that is gone afterwards. */
  readonly ledgerFolder: string | null
}
