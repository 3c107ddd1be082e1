import { z } from 'zod'
import type { Setting } from './setting.ts'

const wholeNumber = z.coerce.number('expected a whole number').int('expected a whole number')
const count = wholeNumber.min(1, 'expected a whole number above 0')
const port = wholeNumber.min(0, 'expected a port, 0 to 65535').max(65_535, 'expected a port, 0 to 65535')
const bytes = z
  .string()
  .regex(/^\d+(kb|mb|gb)?$/i, 'expected bytes, or a number of kb, mb or gb')
  .transform(
    (text) =>
      Number.parseInt(text, 10) *
      1_024 ** ['', 'kb', 'mb', 'gb'].indexOf(text.replace(/^\d+/, '').toLowerCase()),
  )
const flag = z.stringbool('expected true or false')
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter(Boolean),
)

/** Every setting of every command: flat, alphabetical, each with its unit, its default and one sentence. */
export const SETTINGS = {
  accounts: {
    schema: count.max(10_000_000, 'expected at most 10000000'),
    default: '5000',
    describe: 'Accounts that the synthetic network has at a time',
  },
  'allow-private-hosts': {
    schema: flag,
    default: 'false',
    describe: 'Let DID documents lead to private addresses and plain http; for tests and closed networks',
  },
  'backfill-stream': {
    schema: z.string().min(1),
    default: 'firehose_backfill',
    describe: 'Stream key for the events of fetched repos',
  },
  backfiller: {
    schema: z.string().min(1),
    default: 'backfiller-1',
    describe: 'Name of this consumer of repos in its group; no two processes may share one',
  },
  'batch-entries': {
    schema: count.max(1_000, 'expected at most 1000: one call must not block Redis for long'),
    default: '500',
    describe: 'Most entries that one append call carries',
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
  'claim-idle': {
    schema: wholeNumber.min(1, 'expected a whole number of seconds above 0'),
    default: '60',
    describe: 'Seconds without a sign of life of its holder after which a pending entry is claimed',
  },
  collections: {
    schema: list,
    default: 'app.bsky.*,chat.bsky.*',
    describe: 'Collections to keep, comma-separated; a trailing .* takes all below',
  },
  consumer: {
    schema: z.string().min(1),
    default: 'indexer-1',
    describe: 'Name of this consumer in its group',
  },
  'cursor-key': {
    schema: z.string().min(1).optional(),
    describe:
      'Key of the cursor that the system we stand in for has, to go on from and to hand back; unset is its own',
  },
  'dashboards-url': {
    schema: z.url('expected a URL'),
    default: 'https://grafana.example/d',
    describe: 'Where Grafana shows dashboards; an alert links to this/UID',
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
  'docs-url': {
    schema: z.url('expected a URL'),
    default: 'https://standpipe.example/docs',
    describe: 'Where the folder docs/ can be read; a finding links to this/checks/CHECK.md',
  },
  events: {
    schema: count.optional(),
    describe: 'Stream events after which the relay stops emitting; unset never stops',
  },
  'events-per-second': {
    schema: z.coerce.number('expected a number').positive('expected a number above 0').optional(),
    describe: 'Your own events per second, for which the capacity is judged; unset judges none',
  },
  'fetch-attempts': {
    schema: count,
    default: '5',
    describe: 'Times that a repo may fail for reasons that may pass, before it becomes a dead letter',
  },
  group: {
    schema: z.string().min(1),
    default: 'firehose_group',
    describe: 'Consumer group to read as; with several streams one for all, or one for each, comma-separated',
  },
  'high-water': {
    schema: count,
    default: '1000000',
    describe: 'Entries in the stream at which the append refuses and the relay socket pauses',
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
  'in-flight-bytes': {
    schema: count,
    default: '16777216',
    describe: 'Bytes read from the relay and not yet appended at which its socket pauses',
  },
  journal: {
    schema: z.string().min(1).optional(),
    describe: 'File for one JSON line per event that the relay sets out to send; unset writes none',
  },
  labels: {
    schema: z.string().min(1).optional(),
    describe: 'Hosts whose labels to subscribe to instead of the relay, comma-separated; into label_live',
  },
  lanes: {
    schema: count.max(64, 'expected at most 64: each lane is a connection to the database').optional(),
    describe: 'Batches committed side by side, each DID in one lane; unset is 2 for PostgreSQL, 1 for PGlite',
  },
  'log-level': {
    schema: z.enum(['debug', 'info', 'warn', 'error', 'silent']),
    default: 'info',
    describe: 'Least severe log line that is written',
  },
  'lossy-max-length': {
    schema: count.optional(),
    describe: 'Entries beyond which the oldest are removed, read or not: they are lost; unset removes none',
  },
  'max-failures': {
    schema: count,
    default: '3',
    describe: 'Times the sink may refuse one entry before it becomes a dead letter; deliveries do not count',
  },
  maxmemory: {
    schema: bytes,
    default: '2gb',
    describe:
      'maxmemory of the Redis servers that we start, and the one the capacity is told for; bytes, kb, mb or gb',
  },
  'memory-reserve': {
    schema: wholeNumber.min(0, 'expected a percentage, 0 to 50').max(50, 'expected a percentage, 0 to 50'),
    default: '5',
    describe:
      'Percent of maxmemory that the ingester leaves free for cursors, acknowledgements and dead letters',
  },
  'metrics-host': {
    schema: z.string().min(1),
    default: '127.0.0.1',
    describe:
      'Address that /metrics listens on; anything but loopback shows stream and group names to the network',
  },
  'metrics-port': {
    schema: port.optional(),
    describe: 'Port for /metrics, /healthz and /readyz; 0 picks a free one; unset serves none',
  },
  'on-future-cursor': {
    schema: z.enum(['wait', 'live', 'oldest']),
    default: 'wait',
    describe: 'When the relay has not come as far as the stored cursor: wait, or record a gap and begin anew',
  },
  'plc-url': {
    schema: z.url('expected a URL'),
    default: 'https://plc.directory',
    describe: 'Directory to ask for the documents of did:plc',
  },
  port: { schema: port, default: '0', describe: 'Port of the relay on 127.0.0.1; 0 picks a free one' },
  profile: {
    schema: z.string(),
    default: 'buffer',
    describe: 'What the Redis is for: buffer, cache, ci or met-27',
  },
  rate: {
    schema: z.coerce.number('expected a number').min(0, 'expected 0 or more'),
    default: '600',
    describe: 'Stream events per second by the clock; 0 is as fast as subscribers take them',
  },
  'read-count': {
    schema: count.max(10_000),
    default: '500',
    describe: 'Most entries that one XREADGROUP asks for',
  },
  'record-effects': {
    schema: flag,
    default: 'false',
    describe: 'Write one row per committed entry into the table effect, for the ledger',
  },
  'redis-url': {
    schema: z.string(),
    default: 'redis://127.0.0.1:6379',
    describe: 'Redis to work with: redis://, rediss:// or unix:///path',
    secret: true,
  },
  relay: {
    schema: z.string(),
    default: 'wss://bsky.network',
    describe: 'Relay to subscribe to; several, comma-separated, take over from each other when one fails',
  },
  replay: {
    schema: z.string().min(1).optional(),
    describe: 'File of captured messages for the relay to play instead of the synthetic network',
  },
  'repo-concurrency': {
    schema: count.max(1_000),
    default: '20',
    describe: 'Repos fetched side by side from all hosts together',
  },
  'repo-group': {
    schema: z.string().min(1),
    default: 'repo_backfill_group',
    describe: 'Consumer group to fetch repos as',
  },
  'repo-high-water': {
    schema: count,
    default: '100000',
    describe: 'Repos in their stream at which the listing pauses',
  },
  'repo-stream': {
    schema: z.string().min(1),
    default: 'repo_backfill',
    describe: 'Stream key of the repos to fetch',
  },
  'runbooks-url': {
    schema: z.url('expected a URL'),
    default: 'https://standpipe.example/runbooks',
    describe: 'Where the folder runbooks/ can be read; an alert links to this/NAME.md',
  },
  seed: {
    schema: wholeNumber.min(0, 'expected 0 or more'),
    default: '1',
    describe: 'Seed of everything made up: the same one makes the same accounts and texts',
  },
  start: {
    schema: z.enum(['live', 'oldest']),
    default: 'live',
    describe: 'Where to begin when no cursor is stored: now, or the oldest event that the relay still has',
  },
  stream: {
    schema: z.string().min(1),
    default: 'firehose_live',
    describe: 'Stream key; index takes several, comma-separated, the most urgent first',
  },
  trim: { schema: flag, default: 'true', describe: 'Remove entries that every group has acknowledged' },
  verify: {
    schema: z.enum(['none', 'cid', 'signature', 'full']),
    default: 'cid',
    describe:
      'Hold commits against nothing, hashes, also key and tree of the account, or also the tree before',
  },
  'verify-repos': {
    schema: z.enum(['none', 'cid', 'signature']),
    default: 'signature',
    describe: 'Hold repos against nothing, the hashes in them, or the hashes and the key of the account',
  },
  'window-bytes': {
    schema: count,
    default: '268435456',
    describe: 'Bytes of newest frames that the relay keeps for cursors to reach back to',
  },
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS

export type SettingValue<Name extends SettingName> = z.output<(typeof SETTINGS)[Name]['schema']>
