import type { Scenario } from './scenario.ts'

const ALWAYS = [
  'Generator, Redis and consumers share one machine: they take CPU from each other, and no network lies between them.',
  'The sink keeps the numbers of what it commits and nothing else: what a database costs is not in these latencies; standpipe load end-to-end has one.',
  'Entries are made finished: relay, WebSocket, decoding and verification are not in it.',
  'The mix of the events is an assumption, in one file; sizes and accounts are synthetic.',
  'Replicas, failover, Cluster and power loss: one server that stays up.',
  'Hours: a run of a minute sees no leak, no fragmentation, no rewrite of a large append-only file.',
]

const CLOSED =
  'A closed loop waits for the system that it measures: its latencies are service times, and hide how long a real event would have waited.'

/** What a run of this scenario does not look at. */
export function loadCaveats({ flows }: Scenario): string[] {
  const closed = flows.filter(({ model }) => model === 'closed').map(({ name }) => name)
  return closed.length > 0 ? [`${CLOSED} (${closed.join(', ')})`, ...ALWAYS] : [...ALWAYS]
}
