import type { MetricDeclaration } from '#pipeline/contract.ts'

/** What `standpipe exporter` says about the server itself; all but `redis_up` are absent while it is down. */
export const REDIS_STATE_METRICS = [
  {
    name: 'redis_up',
    type: 'gauge',
    help: '1 when Redis answered this scrape, 0 when it did not; the meaning is that of redis_exporter.',
    labels: [],
  },
  {
    name: 'standpipe_redis_memory_used_bytes',
    type: 'gauge',
    help: 'Bytes that count towards maxmemory (used_memory).',
    labels: [],
  },
  {
    name: 'standpipe_redis_memory_max_bytes',
    type: 'gauge',
    help: 'maxmemory in bytes; 0 means no limit.',
    labels: [],
  },
  {
    name: 'standpipe_redis_evicting_policy',
    type: 'gauge',
    help: '1 when maxmemory-policy is one of allkeys-*, which may delete a whole stream at once; 0 otherwise.',
    labels: [],
  },
  {
    name: 'standpipe_redis_evicted_keys_total',
    type: 'counter',
    help: 'Keys that Redis deleted to make room since it started; a stream with all its groups is one key.',
    labels: [],
  },
  {
    name: 'standpipe_redis_aof_enabled',
    type: 'gauge',
    help: '1 when the append-only file is on, 0 when nothing written survives a restart.',
    labels: [],
  },
  {
    name: 'standpipe_redis_aof_write_ok',
    type: 'gauge',
    help: '1 when the last write to the append-only file succeeded, 0 when Redis refuses writes because it failed.',
    labels: [],
  },
  {
    name: 'standpipe_redis_aof_rewrite_ok',
    type: 'gauge',
    help: '1 when the last rewrite of the append-only file succeeded, 0 when the file only grows.',
    labels: [],
  },
  {
    name: 'standpipe_redis_aof_delayed_fsync_total',
    type: 'counter',
    help: 'Times a write waited for a busy fsync; each may double the second that a power loss costs. Absent while the file is off.',
    labels: [],
  },
  {
    name: 'standpipe_redis_rejected_writes_total',
    type: 'counter',
    help: 'Error replies that refuse a write, by cause; every cause starts at 0, so that the first refusal is an increase.',
    labels: ['cause'],
  },
] as const satisfies readonly MetricDeclaration[]
