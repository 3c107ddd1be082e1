import type {
  DiskEvidence,
  Evidence,
  GroupEvidence,
  HostEvidence,
  MemoryEvidence,
  StreamEvidence,
} from '#audit/evidence.ts'
import { type Fields, toFields } from '#audit/fields.ts'
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
  'auto-aof-rewrite-min-size': String(GiB),
  'auto-aof-rewrite-percentage': '100',
  'client-output-buffer-limit': 'normal 0 0 0 slave 268435456 67108864 60 pubsub 33554432 8388608 60',
  dir: '/var/lib/redis',
  maxclients: '10000',
  maxmemory: String(8 * GiB),
  'maxmemory-clients': '10%',
  'maxmemory-policy': 'noeviction',
  'no-appendfsync-on-rewrite': 'no',
  save: '',
  'stop-writes-on-bgsave-error': 'yes',
  'stream-node-max-bytes': '4096',
  'stream-node-max-entries': '100',
  'tcp-keepalive': '300',
  timeout: '0',
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
}

/** A group and the stream it reads, caught up. */
export const groupEvidence = (overrides: GroupOverrides = {}): GroupEvidence => ({
  stream: 'firehose_live',
  state: aStreamState(overrides.state),
  group: aGroup(overrides.group),
  consumers: overrides.consumers ?? [aConsumer()],
  oldest: overrides.oldest ?? [],
})

/** A deployment that has nothing to be blamed for. */
export const someEvidence = (overrides: Partial<Evidence> = {}): Evidence => ({
  server: aServer(),
  settings: someSettings(),
  memory: someMemory(),
  host: aHost(),
  disk: aDisk(),
  streams: [aStream()],
  groups: [groupEvidence()],
  time: { serverMs: 1_763_680_002_000, quotes: [] },
  ...overrides,
})

function fieldsOf(values: Overrides, command: (name: string) => string): Fields {
  const fields = new Map<string, { command: string; value: string }>()
  for (const [name, value] of Object.entries(values)) {
    if (value !== undefined) fields.set(name, { command: command(name), value })
  }
  return toFields(fields, (name) => `no ${name} in this evidence`)
}
