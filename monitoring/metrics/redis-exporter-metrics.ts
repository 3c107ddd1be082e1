import type { CataloguedMetric } from './metric.ts'

const of = (
  name: string,
  type: CataloguedMetric['type'],
  labels: readonly string[],
  help: string,
): CataloguedMetric => ({
  source: 'redis_exporter',
  since: '1.45.0',
  name,
  type,
  labels,
  help,
})

/**
 * What rules and dashboards read from redis_exporter. `since` is the oldest version that was seen to export
 * it: 1.45.0, which Debian 12 ships.
 */
export const REDIS_EXPORTER_METRICS: readonly CataloguedMetric[] = [
  of('redis_up', 'gauge', [], '1 when Redis answered the scrape, else 0.'),
  of('redis_aof_last_write_status', 'gauge', [], '1 when the last write to the append-only file succeeded.'),
  of('redis_connected_clients', 'gauge', [], 'Client connections.'),
  of('redis_commands_total', 'counter', ['cmd'], 'Calls by command.'),
  of('redis_commands_duration_seconds_total', 'counter', ['cmd'], 'Seconds spent in each command.'),
  of('redis_memory_used_rss_bytes', 'gauge', [], 'Bytes of memory that the system gives to Redis.'),
  of(
    'redis_stream_group_consumer_messages_pending',
    'gauge',
    ['db', 'stream', 'group', 'consumer'],
    'Pending entries of one consumer; needs -check-single-streams.',
  ),
]
