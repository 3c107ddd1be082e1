import type { MetricDeclaration } from '../metric.ts'

const GROUP = ['stream', 'group'] as const

/** What `standpipe index` promises to whoever scrapes it. */
export const INDEX_METRICS = {
  delivered: {
    name: 'standpipe_index_delivered_total',
    type: 'counter',
    help: 'Entries that Redis delivered to this consumer, again after a restart or a claim included.',
    labels: GROUP,
  },
  reclaimed: {
    name: 'standpipe_index_reclaimed_total',
    type: 'counter',
    help: 'Entries claimed because nobody had acknowledged them in time; part of the delivered ones.',
    labels: GROUP,
  },
  committed: {
    name: 'standpipe_index_committed_total',
    type: 'counter',
    help: 'Entries whose batch the sink made durable.',
    labels: GROUP,
  },
  superseded: {
    name: 'standpipe_index_superseded_total',
    type: 'counter',
    help: 'Committed entries that changed nothing, because the sink knew the same or a later state.',
    labels: GROUP,
  },
  acknowledged: {
    name: 'standpipe_index_acknowledged_total',
    type: 'counter',
    help: 'Entries that this consumer acknowledged, dead letters and lost bodies included.',
    labels: GROUP,
  },
  deadLetters: {
    name: 'standpipe_index_dead_letters_total',
    type: 'counter',
    help: 'Entries moved to the dead-letter stream, by reason.',
    labels: ['stream', 'group', 'reason'],
  },
  lostBodies: {
    name: 'standpipe_index_lost_bodies_total',
    type: 'counter',
    help: 'Pending entries whose body was trimmed or deleted before they were acknowledged: each is a loss.',
    labels: GROUP,
  },
  fenced: {
    name: 'standpipe_index_fenced_total',
    type: 'counter',
    help: 'Entries given up before their commit, because another consumer had claimed them.',
    labels: GROUP,
  },
  sinkRetries: {
    name: 'standpipe_index_sink_retries_total',
    type: 'counter',
    help: 'Commits that failed and were tried again.',
    labels: GROUP,
  },
  redisErrors: {
    name: 'standpipe_index_redis_errors_total',
    type: 'counter',
    help: 'Reads, claims and acknowledgements that Redis failed or refused and that were tried again.',
    labels: GROUP,
  },
  groupsCreated: {
    name: 'standpipe_index_groups_created_total',
    type: 'counter',
    help: 'Times the group was absent and created: once on a first start, any more means somebody removed it.',
    labels: GROUP,
  },
  trimmed: {
    name: 'standpipe_index_trimmed_total',
    type: 'counter',
    help: 'Entries removed because every group had acknowledged them.',
    labels: ['stream'],
  },
  held: {
    name: 'standpipe_index_held_entries',
    type: 'gauge',
    help: 'Entries in this process: delivered, neither acknowledged nor dead-lettered.',
    labels: GROUP,
  },
  lag: {
    name: 'standpipe_group_lag_entries',
    type: 'gauge',
    help: 'Entries not yet delivered to the group. No sample when Redis cannot tell; see standpipe_group_lag_known.',
    labels: GROUP,
  },
  lagKnown: {
    name: 'standpipe_group_lag_known',
    type: 'gauge',
    help: '1 when Redis can tell the lag of the group, 0 when it cannot.',
    labels: GROUP,
  },
  pending: {
    name: 'standpipe_group_pending_entries',
    type: 'gauge',
    help: 'Entries delivered to any consumer of the group and not acknowledged.',
    labels: GROUP,
  },
  oldestPendingAge: {
    name: 'standpipe_oldest_pending_age_seconds',
    type: 'gauge',
    help: 'Seconds since the oldest pending entry was added to the stream, by its ID; 0 when nothing is pending.',
    labels: GROUP,
  },
  oldestPendingIdle: {
    name: 'standpipe_oldest_pending_idle_seconds',
    type: 'gauge',
    help: 'Seconds since the oldest pending entry was last delivered, claimed or kept by its holder; 0 when nothing is pending.',
    labels: GROUP,
  },
  eventLatency: {
    name: 'standpipe_index_event_latency_seconds',
    type: 'histogram',
    help: 'Seconds from the time in the event to its durable commit; backfilled events are left out.',
    labels: GROUP,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600],
  },
  sinkCommit: {
    name: 'standpipe_index_sink_commit_seconds',
    type: 'histogram',
    help: 'Seconds that one commit of the sink took, failed ones left out.',
    labels: GROUP,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
} as const satisfies Record<string, MetricDeclaration>
