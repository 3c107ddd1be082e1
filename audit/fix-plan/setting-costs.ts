/** What changing a setting on a running server costs. */
export interface SettingCost {
  readonly setting: string
  readonly costs: string
}

/**
 * In the order in which it is safe to change them: first what loses events right now, then room, then what
 * forks and writes, since a fork needs the room; snapshots go once the append-only file is there; at last what only
 * looks.
 */
export const SETTING_COSTS: readonly SettingCost[] = [
  {
    setting: 'maxmemory-policy',
    costs: 'nothing; from now on a full Redis refuses XADD instead of deleting the buffer',
  },
  {
    setting: 'stop-writes-on-bgsave-error',
    costs: 'nothing; writes go on although a snapshot failed',
  },
  {
    setting: 'maxmemory',
    costs:
      'nothing while it is above used_memory (redis-cli INFO memory: look first); below it XADD is refused at once',
  },
  {
    setting: 'client-output-buffer-limit',
    costs: 'nothing; clients that let more than this pile up are cut off',
  },
  {
    setting: 'maxmemory-clients',
    costs: 'nothing; beyond it the hungriest clients are cut off',
  },
  {
    setting: 'appendonly',
    costs:
      'one fork and one rewrite of the whole data set: up to twice the memory while it lasts, and its size on the disk; every write is written to the disk from then on',
  },
  { setting: 'save', costs: 'nothing once the append-only file is on; snapshots are no longer taken' },
  {
    setting: 'appendfsync',
    costs: 'everysec: one fsync a second; always: one before each answer, some ms on a disk',
  },
  {
    setting: 'no-appendfsync-on-rewrite',
    costs: 'during a rewrite appends may wait for the disk, up to some 100 ms on a slow one',
  },
  {
    setting: 'auto-aof-rewrite-percentage',
    costs: 'a fork each time the file has grown by that much',
  },
  {
    setting: 'auto-aof-rewrite-min-size',
    costs: 'up to that much more on the disk; fewer forks',
  },
  { setting: 'aof-timestamp-enabled', costs: '14 bytes in the file for each second of writes' },
  {
    setting: 'aof-load-corrupt-tail-max-size',
    costs: 'nothing now; a damaged file has to be mended by hand before Redis starts',
  },
  {
    setting: 'repl-backlog-size',
    costs: 'that much memory, outside of what maxmemory counts',
  },
  {
    setting: 'min-replicas-to-write',
    costs: 'writes are refused while fewer replicas than that are in time',
  },
  { setting: 'min-replicas-max-lag', costs: 'nothing by itself; it says what in time means' },
  {
    setting: 'aof-load-truncated',
    costs: 'after a crash that tore the last write, a start that waits until somebody has looked',
  },
  { setting: 'protected-mode', costs: 'clients from other hosts are refused until there is a password' },
  {
    setting: 'maxclients',
    costs: 'some memory per connection; needs as many open files, and a restart where they are too few',
  },
  { setting: 'tcp-keepalive', costs: 'one packet per quiet connection and interval' },
  { setting: 'timeout', costs: 'nothing; quiet connections are left alone' },
  {
    setting: 'stream-node-max-bytes',
    costs: 'nothing now; only new nodes are made this size',
  },
  {
    setting: 'stream-node-max-entries',
    costs: 'nothing now; only new nodes are made this size',
  },
  { setting: 'latency-monitor-threshold', costs: 'next to nothing' },
  { setting: 'slowlog-log-slower-than', costs: 'next to nothing' },
  { setting: 'slowlog-max-len', costs: 'some kilobytes' },
]
