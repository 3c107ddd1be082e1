import { checkScenario } from './check-scenario.ts'
import type { Scenario } from './scenario.ts'

export interface Backlog {
  readonly events: number
  readonly consumers: number
  /** What each commit of the sink takes, in milliseconds. */
  readonly commitMs: number
  /** Seconds. */
  readonly drainWithin: number
}

/** Nobody reads until everything is appended. Throws `UsageError` when that cannot be. */
export function backlogOf({ events, consumers, commitMs, drainWithin }: Backlog): Scenario {
  return checkScenario(
    {
      id: 'drain',
      title: `Work off a backlog of ${events} entries`,
      asks: 'How fast is a backlog worked off, and is every entry of it committed once?',
      flows: [
        {
          name: 'live',
          model: 'closed',
          phases: [{ name: 'fill', lasts: 1, arrivals: { shape: 'constant', rate: events } }],
        },
      ],
      groups: [{ name: 'indexer', consumers, commitMs, begins: 'after-load' }],
      drainWithin,
    },
    'drain',
  )
}
