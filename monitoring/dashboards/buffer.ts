import type { Dashboard } from './dashboard.ts'

const stat = (title: string, description: string, unit: string, expr: string, redFrom?: number) => ({
  title,
  description,
  unit,
  kind: 'stat' as const,
  queries: [{ expr, legend: '' }],
  ...(redFrom === undefined ? {} : { redFrom }),
})

const graph = (
  title: string,
  description: string,
  unit: string,
  ...queries: [expr: string, legend: string][]
) => ({
  title,
  description,
  unit,
  kind: 'timeseries' as const,
  queries: queries.map(([expr, legend]) => ({ expr, legend })),
})

const STREAM = 'instance=~"$instance",stream=~"$stream"'
const REDIS = 'instance=~"$instance"'

/** Is the buffer safe, are its readers keeping up, and how long will it last? */
export const BUFFER: Dashboard = {
  uid: 'standpipe-buffer',
  title: 'Standpipe: the buffer',
  rows: [
    {
      title: 'Is anything being lost?',
      panels: [
        stat(
          'Redis down',
          'Exporters that get no answer from Redis.',
          'short',
          `count(redis_up{${REDIS}} == 0) or vector(0)`,
          1,
        ),
        stat(
          'Entries trimmed unread',
          'Entries that left a stream before a group read them. Each is a lost event for that group.',
          'short',
          `max(standpipe_unread_trimmed_entries{${STREAM}})`,
          1,
        ),
        stat(
          'Writes refused, last hour',
          'Error replies by which Redis refused a write: out of memory, disk, read-only.',
          'short',
          `sum(increase(standpipe_redis_rejected_writes_total{${REDIS}}[1h]))`,
          1,
        ),
        stat(
          'Cursors ahead of their stream',
          'Groups that are handed nothing and look healthy.',
          'short',
          `sum(standpipe_cursor_ahead{${STREAM}})`,
          1,
        ),
        stat(
          'Lags that Redis does not know',
          'Groups whose lag is NULL. No value is not 0.',
          'short',
          `count(standpipe_group_lag_known{${STREAM}} == 0) or vector(0)`,
          1,
        ),
      ],
    },
    {
      title: 'Do the groups keep up?',
      panels: [
        graph(
          'Lag in seconds',
          'Distance between the end of the stream and the cursor of each group, on the clock of the entry IDs. A gap means that nobody can tell.',
          's',
          [`standpipe_group_lag_seconds{${STREAM}}`, '{{stream}} {{group}}'],
        ),
        graph(
          'Lag in entries',
          'Entries not yet delivered. A gap means that Redis answers NULL, never 0.',
          'short',
          [`standpipe_group_lag_entries{${STREAM}}`, '{{stream}} {{group}}'],
        ),
        graph('Entries added per second', 'What the ingester appends. At 0 the ingest is stalled.', 'ops', [
          `rate(standpipe_stream_added_entries_total{${STREAM}}[1m])`,
          '{{stream}}',
        ]),
      ],
    },
    {
      title: 'Who holds what?',
      panels: [
        graph(
          'Pending entries',
          'Delivered and not acknowledged. A level that is steady is work in hand; one that climbs is work that nobody finishes.',
          'short',
          [`standpipe_group_pending_entries{${STREAM}}`, '{{stream}} {{group}}'],
        ),
        graph(
          'Idle time of the oldest pending entry',
          'Seconds since the entry with the lowest ID was last delivered. It holds back the trim.',
          's',
          [`standpipe_oldest_pending_idle_seconds{${STREAM}}`, '{{stream}} {{group}}'],
        ),
        graph(
          'Pending by consumer',
          'From redis_exporter: one consumer that holds most of it is stuck.',
          'short',
          [`redis_stream_group_consumer_messages_pending{${STREAM}}`, '{{group}} {{consumer}}'],
        ),
      ],
    },
    {
      title: 'How long will it last?',
      panels: [
        graph(
          'Memory',
          'At maxmemory every append is refused.',
          'bytes',
          [`standpipe_redis_memory_used_bytes{${REDIS}}`, 'used'],
          [`standpipe_redis_memory_max_bytes{${REDIS}} > 0`, 'maxmemory'],
          [`redis_memory_used_rss_bytes{${REDIS}}`, 'resident'],
        ),
        graph(
          'Time until Redis is full',
          'At the growth of the last 15 minutes; empty while memory does not grow.',
          's',
          [
            `((standpipe_redis_memory_max_bytes{${REDIS}} > 0) - standpipe_redis_memory_used_bytes{${REDIS}}) / (deriv(standpipe_redis_memory_used_bytes{${REDIS}}[15m]) > 0)`,
            '{{instance}}',
          ],
        ),
        graph('Age of the oldest entry', 'How far back the stream reaches.', 's', [
          `time() - standpipe_stream_first_entry_timestamp_seconds{${STREAM}}`,
          '{{stream}}',
        ]),
      ],
    },
    {
      title: 'Is Redis well?',
      panels: [
        graph(
          'Append-only file',
          '1 is well. At 0 Redis refuses writes (write), or the file grows without end (rewrite).',
          'short',
          [`standpipe_redis_aof_write_ok{${REDIS}}`, 'write'],
          [`standpipe_redis_aof_rewrite_ok{${REDIS}}`, 'rewrite'],
        ),
        graph('Commands per second', 'From redis_exporter.', 'ops', [
          `sum by (cmd) (rate(redis_commands_total{${REDIS},cmd=~"xadd|xreadgroup|xack|xtrim|xautoclaim|evalsha"}[1m]))`,
          '{{cmd}}',
        ]),
        graph(
          'Mean time per command',
          'From redis_exporter, which has no histogram of it: a mean hides its tail.',
          's',
          [
            `sum by (cmd) (rate(redis_commands_duration_seconds_total{${REDIS},cmd=~"xadd|xreadgroup|xack|xtrim|evalsha"}[1m])) / sum by (cmd) (rate(redis_commands_total{${REDIS},cmd=~"xadd|xreadgroup|xack|xtrim|evalsha"}[1m]))`,
            '{{cmd}}',
          ],
        ),
        graph('Clients', 'From redis_exporter.', 'short', [
          `redis_connected_clients{${REDIS}}`,
          '{{instance}}',
        ]),
      ],
    },
  ],
}
