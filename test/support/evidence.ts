import type { AccessEvidence } from '#audit/evidence/access-evidence.ts'
import type { ClientEvidence } from '#audit/evidence/client-evidence.ts'
import type { ConfigFileEvidence } from '#audit/evidence/config-file-evidence.ts'
import type { CursorEvidence } from '#audit/evidence/cursor-evidence.ts'
import type { Look } from '#audit/evidence/look.ts'
import type { NewestEntry, NewestEvidence } from '#audit/evidence/newest-evidence.ts'
import type { SentinelEvidence } from '#audit/evidence/sentinel-evidence.ts'
import type {
  DiskEvidence,
  Evidence,
  GroupEvidence,
  HostEvidence,
  MemoryEvidence,
  StreamEvidence,
} from '#audit/evidence.ts'
import { type Fields, toFields } from '#audit/fields.ts'
import type { Manifest } from '#audit/manifest/manifest.ts'
import type { ClusterNode } from '#kernel/redis/parse-cluster-nodes.ts'
import type { ConsumerState } from '#kernel/streams/read-consumers.ts'
import type { GroupState } from '#kernel/streams/read-groups.ts'
import type { PendingEntry } from '#kernel/streams/read-oldest-pending.ts'
import type { StreamState } from '#kernel/streams/read-stream.ts'

/** What differs from the good case; `undefined` takes a field away. */
type Overrides = Readonly<Record<string, string | undefined>>

const GiB = 1024 ** 3

const GOOD_SETTINGS = {
  appendfsync: 'everysec',
  appendonly: 'yes',
  'aof-load-corrupt-tail-max-size': '0',
  'aof-load-truncated': 'yes',
  'aof-timestamp-enabled': 'yes',
  'auto-aof-rewrite-min-size': String(GiB),
  'auto-aof-rewrite-percentage': '100',
  'client-output-buffer-limit': 'normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60',
  bind: '127.0.0.1 10.0.0.7',
  dir: '/var/lib/redis',
  'enable-debug-command': 'no',
  'latency-monitor-threshold': '100',
  maxclients: '10000',
  maxmemory: String(8 * GiB),
  'maxmemory-clients': '10%',
  'maxmemory-policy': 'noeviction',
  'min-replicas-max-lag': '10',
  'min-replicas-to-write': '1',
  'no-appendfsync-on-rewrite': 'no',
  port: '6379',
  'protected-mode': 'yes',
  'repl-backlog-size': String(GiB / 4),
  save: '',
  'slowlog-log-slower-than': '10000',
  'slowlog-max-len': '128',
  'stop-writes-on-bgsave-error': 'yes',
  'stream-node-max-bytes': '4096',
  'stream-node-max-entries': '100',
  'tcp-backlog': '511',
  'tcp-keepalive': '300',
  timeout: '0',
  'tls-port': '0',
}

const GOOD_SERVER = {
  redis_version: '8.4.6',
  uptime_in_seconds: '86400',
  connected_clients: '12',
  rejected_connections: '0',
  used_memory: String(GiB),
  used_memory_rss: String(1.2 * GiB),
  total_system_memory: String(32 * GiB),
  evicted_keys: '0',
  aof_enabled: '1',
  aof_current_size: String(GiB),
  aof_delayed_fsync: '0',
  aof_last_write_status: 'ok',
  aof_last_bgrewrite_status: 'ok',
  rdb_last_bgsave_status: 'ok',
  role: 'master',
  redis_mode: 'standalone',
  run_id: 'ac1917b84dcab8014349aec828c84b95ead5f8a5',
  connected_slaves: '1',
  master_repl_offset: '1000000',
  used_memory_dataset: String(GiB / 2),
  total_error_replies: '0',
  cmdstat_xadd: 'calls=1000,usec=4000,usec_per_call=4.00,rejected_calls=0,failed_calls=0',
  cmdstat_xreadgroup: 'calls=10,usec=4000,usec_per_call=400.00,rejected_calls=0,failed_calls=0',
  cmdstat_xack: 'calls=10,usec=1000,usec_per_call=100.00,rejected_calls=0,failed_calls=0',
  cmdstat_xtrim: 'calls=17280,usec=4000,usec_per_call=4.00,rejected_calls=0,failed_calls=0',
}

export const someSettings = (overrides: Overrides = {}): Fields =>
  fieldsOf({ ...GOOD_SETTINGS, ...overrides }, (name) => `CONFIG GET ${name}`)

export const aServer = (overrides: Overrides = {}): Fields =>
  fieldsOf({ ...GOOD_SERVER, ...overrides }, () => 'INFO everything')

export const someMemory = (overrides: Partial<MemoryEvidence> = {}): MemoryEvidence => ({
  limitBytes: 32 * GiB,
  quotes: [{ command: 'INFO everything', value: `total_system_memory=${32 * GiB}` }],
  ...overrides,
})

export const aHost = (overrides: Partial<HostEvidence> = {}): HostEvidence => ({
  proof: 'process 7 here is a Redis, 86400 s old, as the server says of itself',
  transparentHugePages: 'madvise',
  processTakesHugePages: true,
  overcommitMemory: 1,
  swappedBytes: 0,
  listenBacklog: 4_096,
  clockSource: 'tsc',
  openFilesLimit: 65_536,
  quotes: [],
  ...overrides,
})

export const aDisk = (overrides: Partial<DiskEvidence> = {}): DiskEvidence => ({
  folder: '/var/lib/redis',
  freeBytes: 100 * GiB,
  totalBytes: 200 * GiB,
  fileSystem: 'other',
  quotes: [],
  ...overrides,
})

export const aStreamState = (overrides: Partial<StreamState> = {}): StreamState => ({
  length: 1_000,
  firstEntryId: '1763680000000-0',
  lastEntryId: '1763680001000-0',
  lastGeneratedId: '1763680001000-0',
  entriesAdded: 1_000,
  maxDeletedEntryId: '0-0',
  radixTreeKeys: 100,
  radixTreeNodes: 150,
  groups: 1,
  ...overrides,
})

export const aGroup = (overrides: Partial<GroupState> = {}): GroupState => ({
  name: 'indexers',
  nameBytes: Buffer.from(overrides.name ?? 'indexers'),
  consumers: 1,
  pending: 0,
  lastDeliveredId: '1763680001000-0',
  entriesRead: 1_000,
  lag: 0,
  ...overrides,
})

export const aStream = (overrides: Partial<StreamEvidence> = {}): StreamEvidence => ({
  stream: 'firehose_live',
  state: aStreamState(),
  expiresInMs: null,
  groups: [aGroup()],
  deadLetters: 0,
  ...overrides,
})

export const aConsumer = (overrides: Partial<ConsumerState> = {}): ConsumerState => ({
  name: 'indexer-1',
  nameBytes: Buffer.from(overrides.name ?? 'indexer-1'),
  pending: 0,
  idleMs: 20,
  inactiveMs: null,
  ...overrides,
})

export const aPendingEntry = (overrides: Partial<PendingEntry> = {}): PendingEntry => ({
  id: '1763680000500-0',
  consumer: 'indexer-1',
  idleMs: 20,
  deliveries: 1,
  ...overrides,
})

export interface GroupOverrides {
  readonly state?: Partial<StreamState>
  readonly group?: Partial<GroupState>
  readonly consumers?: GroupEvidence['consumers']
  readonly oldest?: GroupEvidence['oldest']
  readonly highestPendingId?: string
}

/** A group and the stream it reads, caught up. */
export const groupEvidence = (overrides: GroupOverrides = {}): GroupEvidence => ({
  stream: 'firehose_live',
  state: aStreamState(overrides.state),
  group: aGroup(overrides.group),
  consumers: overrides.consumers ?? [aConsumer()],
  oldest: overrides.oldest ?? [],
  highestPendingId: overrides.highestPendingId ?? null,
})

export const aClient = (overrides: Partial<ClientEvidence> = {}): ClientEvidence => ({
  address: '10.0.0.8:51234',
  name: 'index:indexer-1',
  user: 'indexer',
  database: 0,
  command: 'xreadgroup',
  blocked: true,
  idleSeconds: 1,
  outputBytes: 0,
  ...overrides,
})

export const someAccess = (overrides: Partial<AccessEvidence> = {}): AccessEvidence => ({
  anonymous: false,
  users: [{ user: 'indexer', may: [] }],
  quotes: [],
  ...overrides,
})

export const aNewestEntry = (overrides: Partial<NewestEntry> = {}): NewestEntry => ({
  id: '1763680001000-0',
  bytes: 600,
  seq: 1_000,
  eventMs: 1_763_680_000_990,
  ...overrides,
})

/** A primary that answers, without slots. */
export const aNode = (overrides: Partial<ClusterNode> = {}): ClusterNode => ({
  id: 'n1',
  host: '10.0.0.1',
  port: 7001,
  self: false,
  role: 'primary',
  primaryId: null,
  state: 'ok',
  slots: [],
  ...overrides,
})

export const aSentinel = (overrides: Partial<SentinelEvidence> = {}): SentinelEvidence => ({
  primary: 'buffer',
  sentinels: 3,
  quorum: 2,
  replicas: 1,
  noQuorum: null,
  downAfterMs: 5_000,
  flags: ['master'],
  quotes: [],
  ...overrides,
})

/** `count` entries, newest first, one event and one millisecond apart. */
export const someNewest = (count = 50): NewestEvidence => ({
  stream: 'firehose_live',
  entries: Array.from({ length: count }, (_, back) =>
    aNewestEntry({
      id: `${1_763_680_001_000 - back}-0`,
      seq: 6_328_157_203 - back,
      eventMs: 1_763_680_000_990 - back,
    }),
  ),
})

export const aCursor = (overrides: Partial<CursorEvidence> = {}): CursorEvidence => ({
  stream: 'firehose_live',
  cursors: [{ key: 'firehose_live:cursor:bsky.network', value: '6328157203', hasTail: false }],
  complete: true,
  ...overrides,
})

export const aManifest = (overrides: Partial<Manifest> = {}): Manifest => ({
  relay: 'wss://bsky.network',
  'relay-window': 72 * 3_600_000,
  outage: 3_600_000,
  'events-per-second': 600,
  streams: { firehose_live: { groups: { indexers: { consumers: 1 } }, quiet: false } },
  settings: { 'maxmemory-policy': 'noeviction' },
  limits: {},
  ...overrides,
})

export const aConfigFile = (values: Record<string, string> = GOOD_SETTINGS): ConfigFileEvidence => ({
  path: '/etc/redis/redis.conf',
  directives: new Map(
    Object.entries(values).map(([name, value], index) => [
      name,
      { value, line: index + 1, quote: { command: `sed -n ${index + 1}p /etc/redis/redis.conf`, value } },
    ]),
  ),
})

/** What a look differs in from the one before it. */
export interface LookOverrides extends GroupOverrides {
  readonly server?: Overrides
}

/** Looks three seconds apart, each with what is named. */
export const aWindow = (...looks: readonly LookOverrides[]): Look[] =>
  looks.map(({ server, ...overrides }, index) => {
    const group = groupEvidence(overrides)
    return {
      atMs: 1_763_680_001_000 + index * 3_000,
      server: aServer(server),
      streams: [aStream({ state: group.state, groups: [group.group] })],
      groups: [group],
    }
  })

/** Three looks at a stream that is read, acknowledged and trimmed as it is filled. */
const IN_BALANCE: readonly LookOverrides[] = [0, 1, 2].map((index) => {
  const end = `${1_763_680_001_000 + index * 3_000}-0`
  const added = 1_000 + 100 * index
  return {
    state: {
      length: 1_000,
      entriesAdded: added,
      firstEntryId: `${1_763_680_000_000 + index * 3_000}-0`,
      lastEntryId: end,
      lastGeneratedId: end,
    },
    group: { lastDeliveredId: end, entriesRead: added },
    server: {
      cmdstat_xadd: `calls=${added}`,
      cmdstat_xreadgroup: `calls=${10 + index}`,
      cmdstat_xtrim: `calls=${17_280 + index}`,
    },
  }
})

/** A deployment that has nothing to be blamed for. */
export const someEvidence = (overrides: Partial<Evidence> = {}): Evidence => ({
  server: aServer(),
  settings: someSettings(),
  memory: someMemory(),
  host: aHost(),
  disk: aDisk(),
  'config-file': aConfigFile(),
  manifest: aManifest(),
  time: { serverMs: 1_763_680_002_000, localMs: 1_763_680_002_000, roundTripMs: 1, quotes: [] },
  clients: [aClient()],
  access: someAccess(),
  cluster: {
    enabled: true,
    slots: [
      {
        stream: '{f}',
        keys: [
          { key: '{f}', slot: 7 },
          { key: '{f}:cursor:h', slot: 7 },
        ],
        quotes: [],
      },
    ],
  },
  nodes: [
    aNode({ self: true, slots: [[0, 16_383]] }),
    aNode({ id: 'n2', port: 7002, role: 'replica', primaryId: 'n1' }),
  ],
  sentinel: aSentinel(),
  streams: [aStream()],
  groups: [groupEvidence()],
  newest: [someNewest()],
  footprints: [{ stream: 'firehose_live', bytes: GiB / 2 }],
  cursors: [
    aCursor(),
    aCursor({
      stream: 'repo_backfill',
      cursors: [{ key: 'repo_backfill:cursor:bsky.network', value: '!ingester-done', hasTail: true }],
    }),
  ],
  window: aWindow(...IN_BALANCE),
  ...overrides,
})

function fieldsOf(values: Overrides, command: (name: string) => string): Fields {
  const fields = new Map<string, { command: string; value: string }>()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) fields.set(name, { command: command(name), value })
  }
  return toFields(fields, (name) => `no ${name} in this evidence`)
}
