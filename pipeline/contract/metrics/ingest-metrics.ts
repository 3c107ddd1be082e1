import type { MetricDeclaration } from '../metric.ts'

const STREAM = ['stream'] as const

/** What `standpipe ingest` promises to whoever scrapes it. */
export const INGEST_METRICS = {
  frames: {
    name: 'standpipe_ingest_frames_total',
    type: 'counter',
    help: 'Messages received from the relay, by type; `unreadable` has no place in its order.',
    labels: ['stream', 'type'],
  },
  events: {
    name: 'standpipe_ingest_events_total',
    type: 'counter',
    help: 'Events read from frames and kept, by type and, for records, by action.',
    labels: ['stream', 'type', 'action'],
  },
  filteredOps: {
    name: 'standpipe_ingest_filtered_ops_total',
    type: 'counter',
    help: 'Ops left out because nobody asked for their collection.',
    labels: STREAM,
  },
  tooBigCommits: {
    name: 'standpipe_ingest_too_big_commits_total',
    type: 'counter',
    help: 'Commits whose ops the relay left out; their repos must be fetched to know them.',
    labels: STREAM,
  },
  notices: {
    name: 'standpipe_ingest_notices_total',
    type: 'counter',
    help: 'What the relay said about the subscription, by its name; OutdatedCursor means that events are gone.',
    labels: ['stream', 'name'],
  },
  rejectedFrames: {
    name: 'standpipe_ingest_rejected_frames_total',
    type: 'counter',
    help: 'Frames of which a part or all could not become events, by the first reason found.',
    labels: ['stream', 'reason'],
  },
  unkeptFrames: {
    name: 'standpipe_ingest_unkept_frames_total',
    type: 'counter',
    help: 'Rejected frames that were only counted, because the stream of rejected frames is full.',
    labels: STREAM,
  },
  skippedCommits: {
    name: 'standpipe_ingest_skipped_commits_total',
    type: 'counter',
    help: 'Frames and commits left out because their sequence is not beyond what is queued or stored.',
    labels: STREAM,
  },
  duplicates: {
    name: 'standpipe_ingest_duplicates_total',
    type: 'counter',
    help: 'Frames left out because another relay had brought the same, by the host that came second.',
    labels: ['stream', 'host'],
  },
  appendedEntries: {
    name: 'standpipe_ingest_appended_entries_total',
    type: 'counter',
    help: 'Entries that Redis confirmed to have added. One whose reply was lost is not among them.',
    labels: STREAM,
  },
  refusedAppends: {
    name: 'standpipe_ingest_refused_appends_total',
    type: 'counter',
    help: 'Append calls that wrote nothing, or whose outcome is not known, by reason; each is tried again.',
    labels: ['stream', 'reason'],
  },
  rollbacks: {
    name: 'standpipe_ingest_rollbacks_total',
    type: 'counter',
    help: 'Times that Redis had forgotten what it confirmed, and the relay was asked again from its cursor.',
    labels: STREAM,
  },
  gaps: {
    name: 'standpipe_ingest_gaps_total',
    type: 'counter',
    help: 'Stretches of the order of the relay that may be missing, recorded since the start, by reason.',
    labels: ['stream', 'reason'],
  },
  openGaps: {
    name: 'standpipe_ingest_open_gaps',
    type: 'gauge',
    help: 'Recorded gaps that are not closed; no sample while Redis cannot be asked.',
    labels: STREAM,
  },
  cursorAhead: {
    name: 'standpipe_ingest_cursor_ahead',
    type: 'gauge',
    help: '1 while the relay says that the stored cursor is ahead of it and sends nothing, else 0.',
    labels: STREAM,
  },
  lossyTrimmedEntries: {
    name: 'standpipe_ingest_lossy_trimmed_entries_total',
    type: 'counter',
    help: 'Entries removed by --lossy-max-length, read or not; what nobody had read is lost.',
    labels: STREAM,
  },
  switches: {
    name: 'standpipe_ingest_relay_switches_total',
    type: 'counter',
    help: 'Times that the relay failed and the next one of the list took over.',
    labels: STREAM,
  },
  reconnects: {
    name: 'standpipe_ingest_reconnects_total',
    type: 'counter',
    help: 'Connections to the relay that ended, by close code or by our own reason.',
    labels: ['stream', 'reason'],
  },
  connected: {
    name: 'standpipe_ingest_connected',
    type: 'gauge',
    help: 'Subscriptions that are open; one, unless several hosts are heard at once: labelers, or merged relays.',
    labels: STREAM,
  },
  bytesInFlight: {
    name: 'standpipe_ingest_in_flight_bytes',
    type: 'gauge',
    help: 'Bytes of events read from the relay and not yet confirmed by Redis.',
    labels: STREAM,
  },
  backpressure: {
    name: 'standpipe_ingest_backpressure_seconds_total',
    type: 'counter',
    help: 'Seconds for which the socket of the relay was not read, because Redis did not take more.',
    labels: STREAM,
  },
  cursor: {
    name: 'standpipe_ingest_cursor_seq',
    type: 'gauge',
    help: 'Sequence of the relay up to which everything is stored, of several hosts the one stored last; no sample before the first is.',
    labels: STREAM,
  },
  newestByCollection: {
    name: 'standpipe_ingest_collection_newest_event_timestamp_seconds',
    type: 'gauge',
    help: 'Time of the newest record event stored, since the epoch, by the pattern of collections that wanted it.',
    labels: ['stream', 'collection'],
  },
  newestEventTime: {
    name: 'standpipe_ingest_newest_event_timestamp_seconds',
    type: 'gauge',
    help: 'Time of the newest event stored, by its own clock, since the epoch; no sample before the first is.',
    labels: STREAM,
  },
} as const satisfies Record<string, MetricDeclaration>
