import type { Profile } from '../profile.ts'

/** Ticket MET-27 of the bluesky-research pipeline, judged as it was asked. */
export const met27: Profile = {
  name: 'met-27',
  says: 'The MET-27 requirement: 2 GB, allkeys-lru, AOF everysec, no RDB; it accepts that an eviction deletes the buffer',
  limits: {
    'eviction-policy': { askedPolicy: 'allkeys-lru' },
    'max-memory': { askedBytes: 2 * 1024 ** 3 },
    'memory-headroom': { warnAt: 0.8, failAt: 0.95 },
    'append-fsync': { askedPolicy: 'everysec' },
    'aof-rewrite': { leastMinSizeBytes: 64 * 1024 ** 2 },
    'tcp-keepalive': { leastSeconds: 300, mostSeconds: 300 },
  },
  skips: [],
}
