import { z } from 'zod'
import type { Setting } from '../setting.ts'
import { list, port, text } from './schemas.ts'

/** What several commands share. */
export const COMMON_SETTINGS = {
  collections: {
    schema: list,
    default: 'app.bsky.*,chat.bsky.*',
    describe: 'Collections to keep, comma-separated; a trailing .* takes all below',
  },
  consumer: {
    schema: text,
    default: 'indexer-1',
    describe: 'Name of this consumer in its group',
  },
  'cursor-key': {
    schema: text.optional(),
    describe:
      'Key of the cursor that the system we stand in for has, to go on from and to hand back; unset is its own',
  },
  database: {
    schema: z.string(),
    default: 'pglite://memory',
    describe: 'Where to index: postgres://… or pglite:///folder (embedded)',
    secret: true,
  },
  dialect: {
    schema: z.enum(['divy', 'rsky', 'publicappview']),
    default: 'divy',
    describe: 'How entries are written, and whose environment variables count besides ours; docs/dialects.md',
  },
  group: {
    schema: text,
    default: 'firehose_group',
    describe: 'Consumer group to read as; with several streams one for all, or one for each, comma-separated',
  },
  'log-level': {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    default: 'info',
    describe: 'Least severe log line that is written',
  },
  'metrics-host': {
    schema: text,
    default: '127.0.0.1',
    describe:
      'Address that /metrics listens on; anything but loopback shows stream and group names to the network',
  },
  'metrics-port': {
    schema: port.optional(),
    describe: 'Port for /metrics, /healthz and /readyz; 0 picks a free one; unset serves none',
  },
  'redis-tls-ca': {
    schema: text.optional(),
    describe:
      'File with the certificates that may have signed the one of a rediss:// server; unset trusts those of Node',
  },
  'redis-tls-cert': {
    schema: text.optional(),
    describe:
      'File with our certificate, for a rediss:// server that asks for one; goes with --redis-tls-key',
  },
  'redis-tls-key': {
    schema: text.optional(),
    describe: 'File with the private key of that certificate, without a passphrase',
  },
  'redis-url': {
    schema: z.string(),
    default: 'redis://127.0.0.1:6379',
    describe: 'Redis to work with: redis://, rediss://, sentinel://host/primary or unix:///path',
    secret: true,
  },
  stream: {
    schema: text,
    default: 'firehose_live',
    describe: 'Stream key; index takes several, comma-separated, the most urgent first',
  },
} as const satisfies Record<string, Setting>
