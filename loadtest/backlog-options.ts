import type { Argv } from 'yargs'
import type { Backlog } from './backlog-of.ts'
import { numberOption } from './number-option.ts'

/** The flags that say how large a backlog is, and who works it off. */
export function withBacklogOptions<Args>(yargs: Argv<Args>): Argv<Args & Backlog> {
  return yargs
    .option('events', { ...numberOption('events', 'Entries of the backlog', 'whole'), default: 200_000 })
    .option('consumers', { ...numberOption('consumers', 'Consumers of the group', 'whole'), default: 1 })
    .option('commit-ms', {
      ...numberOption('commit-ms', 'Milliseconds that every commit of the sink takes', 'from-zero'),
      default: 0,
    })
    .option('drain-within', {
      ...numberOption('drain-within', 'Seconds that the drain may take'),
      default: 300,
    }) as unknown as Argv<Args & Backlog>
}
