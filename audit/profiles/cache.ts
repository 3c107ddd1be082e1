import type { Profile } from '../profile.ts'

/** What is in it can be had again: it may evict, and it need not survive. */
export const cache: Profile = {
  name: 'cache',
  says: 'A Redis whose keys can be had again from elsewhere: it may evict, and need not survive a restart',
  limits: { 'eviction-policy': { mayEvict: true } },
  skips: [
    'append-only-file',
    'append-fsync',
    'aof-*',
    'cursor-and-data-together',
    'disk-headroom',
    'file-system',
    'foreign-keys',
    'no-appendfsync-on-rewrite',
    'rdb-save-coupling',
    'replica-safety',
    'retention-horizon',
    'stream-expiry',
  ],
}
