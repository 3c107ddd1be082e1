import type { MetricDeclaration } from '#pipeline/contract.ts'

/** What `standpipe exporter` says about each stream that it watches, and about each of its groups. */
export const STREAM_STATE_METRICS = [
  {
    name: 'standpipe_stream_exists',
    type: 'gauge',
    help: '1 when the key is there and is a stream, 0 when it is not; the other stream metrics are then absent.',
    labels: ['stream'],
  },
  {
    name: 'standpipe_stream_length',
    type: 'gauge',
    help: 'Entries in the stream.',
    labels: ['stream'],
  },
  {
    name: 'standpipe_stream_added_entries_total',
    type: 'counter',
    help: 'Entries ever added to the stream; falls only when the key was created anew. Absent before Redis 7.0.',
    labels: ['stream'],
  },
  {
    name: 'standpipe_stream_last_generated_timestamp_seconds',
    type: 'gauge',
    help: 'Unix time in the last generated ID; absent when the IDs are no clock times.',
    labels: ['stream'],
  },
  {
    name: 'standpipe_stream_first_entry_timestamp_seconds',
    type: 'gauge',
    help: 'Unix time in the ID of the oldest entry still there; absent when there is none, or its ID is no clock time.',
    labels: ['stream'],
  },
  {
    name: 'standpipe_group_consumers',
    type: 'gauge',
    help: 'Consumers that the group knows, alive or not.',
    labels: ['stream', 'group'],
  },
  {
    name: 'standpipe_group_idle_seconds',
    type: 'gauge',
    help: 'Seconds since any consumer of the group was last served (from Redis 7.2: last asked); absent without consumers.',
    labels: ['stream', 'group'],
  },
  {
    name: 'standpipe_group_lag_entries',
    type: 'gauge',
    help: 'Entries not yet delivered to the group; absent, never 0, when Redis cannot tell.',
    labels: ['stream', 'group'],
  },
  {
    name: 'standpipe_group_lag_known',
    type: 'gauge',
    help: '1 when Redis knows the lag, 0 when it answers NULL: cursor set by hand, entries deleted, or Redis before 7.0.',
    labels: ['stream', 'group'],
  },
  {
    name: 'standpipe_group_lag_seconds',
    type: 'gauge',
    help: 'Seconds of stream between the last entry and the last one delivered to the group, from their IDs; absent when these are no clock times or the cursor is ahead.',
    labels: ['stream', 'group'],
  },
  {
    name: 'standpipe_group_pending_entries',
    type: 'gauge',
    help: 'Entries delivered to the group and not acknowledged.',
    labels: ['stream', 'group'],
  },
  {
    name: 'standpipe_oldest_pending_idle_seconds',
    type: 'gauge',
    help: 'Seconds since the pending entry with the lowest ID was last delivered; 0 when nothing is pending.',
    labels: ['stream', 'group'],
  },
  {
    name: 'standpipe_oldest_pending_deliveries',
    type: 'gauge',
    help: 'How often the pending entry with the lowest ID was delivered; 0 when nothing is pending. It climbs when an entry is poison.',
    labels: ['stream', 'group'],
  },
  {
    name: 'standpipe_cursor_ahead',
    type: 'gauge',
    help: '1 when the last ID delivered to the group is beyond the last ID of the stream: nothing will be delivered until IDs catch up.',
    labels: ['stream', 'group'],
  },
  {
    name: 'standpipe_unread_trimmed_entries',
    type: 'gauge',
    help: 'Least number of entries that left the stream before the group read them (entries-added − length − entries-read); absent when Redis does not know what the group has read.',
    labels: ['stream', 'group'],
  },
] as const satisfies readonly MetricDeclaration[]
