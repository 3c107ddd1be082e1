import type { Profile } from '../profile.ts'

/** A server that lives for one run, on a host that nobody tunes. */
export const ci: Profile = {
  name: 'ci',
  says: 'A Redis that lives for one test run: streams and configuration as in earnest, host and network as they come',
  limits: {
    'max-memory': { forking: { warnAbove: 0.9, failAbove: 1 }, still: { warnAbove: 0.9, failAbove: 1 } },
  },
  skips: [
    'clock-source',
    'dangerous-commands',
    'disk-headroom',
    'file-system',
    'ingest-stalled',
    'listen-backlog',
    'network-exposure',
    'open-files',
    'overcommit-memory',
    'retention-horizon',
    'swap',
    'transparent-huge-pages',
  ],
}
