import { z } from 'zod'
import type { Setting } from '../setting.ts'
import { bytes, count, flag, text, wholeNumber } from './schemas.ts'

/** From the hosts of accounts into a stream. */
export const BACKFILL_SETTINGS = {
  'allow-private-hosts': {
    schema: flag,
    default: 'false',
    describe: 'Let DID documents lead to private addresses and plain http; for tests and closed networks',
  },
  'backfill-stream': {
    schema: text,
    default: 'firehose_backfill',
    describe: 'Stream key for the events of fetched repos',
  },
  backfiller: {
    schema: text,
    default: 'backfiller-1',
    describe: 'Name of this consumer of repos in its group; no two processes may share one',
  },
  'car-bytes': {
    schema: bytes,
    default: '512mb',
    describe: 'Largest repo that is fetched; bytes, kb, mb or gb',
  },
  'car-memory': {
    schema: bytes,
    default: '256mb',
    describe: 'Bytes of repos in memory at which all downloads but the eldest rest; bytes, kb, mb or gb',
  },
  'fetch-attempts': {
    schema: count,
    default: '5',
    describe: 'Times that a repo may fail for reasons that may pass, before it becomes a dead letter',
  },
  'host-concurrency': {
    schema: count.max(64, 'expected at most 64: hosts hang up on clients that ask for more'),
    default: '2',
    describe: 'Repos fetched side by side from one host',
  },
  'host-spacing': {
    schema: wholeNumber.min(0, 'expected a whole number of milliseconds, 0 or more'),
    default: '100',
    describe: 'Least milliseconds between two requests to one host',
  },
  'plc-url': {
    schema: z.url('expected a URL'),
    default: 'https://plc.directory',
    describe: 'Directory to ask for the documents of did:plc',
  },
  'repair-margin': {
    schema: wholeNumber.min(0, 'expected a whole number of seconds, 0 or more'),
    default: '21600',
    describe:
      'Seconds before a gap from which on a changed repo is fetched again: clocks differ, hosts may have been cut off',
  },
  'repo-concurrency': {
    schema: count.max(1_000),
    default: '20',
    describe: 'Repos fetched side by side from all hosts together',
  },
  'repo-group': {
    schema: text,
    default: 'repo_backfill_group',
    describe: 'Consumer group to fetch repos as',
  },
  'repo-high-water': {
    schema: count,
    default: '100000',
    describe: 'Repos in their stream at which the listing pauses',
  },
  'repo-stream': {
    schema: text,
    default: 'repo_backfill',
    describe: 'Stream key of the repos to fetch',
  },
  'verify-repos': {
    schema: z.enum(['none', 'cid', 'signature']),
    default: 'signature',
    describe: 'Hold repos against nothing, the hashes in them, or the hashes and the key of the account',
  },
} as const satisfies Record<string, Setting>
