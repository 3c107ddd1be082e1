import type { MetricDeclaration } from '../metric.ts'

const GROUP = ['stream', 'group'] as const

/** What `standpipe backfill` promises to whoever scrapes it. */
export const BACKFILL_METRICS = {
  delivered: {
    name: 'standpipe_backfill_delivered_total',
    type: 'counter',
    help: 'Repos that Redis delivered to this consumer, again after a restart or a claim included.',
    labels: GROUP,
  },
  reclaimed: {
    name: 'standpipe_backfill_reclaimed_total',
    type: 'counter',
    help: 'Repos claimed because nobody had acknowledged them in time; part of the delivered ones.',
    labels: GROUP,
  },
  repos: {
    name: 'standpipe_backfill_repos_total',
    type: 'counter',
    help: 'Repos brought to an end, by outcome: stored, unavailable (its state is stored) or dead-letter.',
    labels: [...GROUP, 'outcome'],
  },
  deadLetters: {
    name: 'standpipe_backfill_dead_letters_total',
    type: 'counter',
    help: 'Repos moved to the dead-letter stream, by reason.',
    labels: [...GROUP, 'reason'],
  },
  unavailable: {
    name: 'standpipe_backfill_unavailable_total',
    type: 'counter',
    help: 'Repos whose host says that they are not served, by the state of the account.',
    labels: [...GROUP, 'status'],
  },
  failures: {
    name: 'standpipe_backfill_failed_attempts_total',
    type: 'counter',
    help: 'Attempts at a repo that failed, by reason, whether tried again or not.',
    labels: [...GROUP, 'reason'],
  },
  records: {
    name: 'standpipe_backfill_records_total',
    type: 'counter',
    help: 'Records read from repos and kept, those of a repo that failed later included.',
    labels: GROUP,
  },
  filtered: {
    name: 'standpipe_backfill_filtered_records_total',
    type: 'counter',
    help: 'Records left out because nobody asked for their collection.',
    labels: GROUP,
  },
  rejected: {
    name: 'standpipe_backfill_rejected_records_total',
    type: 'counter',
    help: 'Records that could not become events, by reason; their neighbours could.',
    labels: [...GROUP, 'reason'],
  },
  appended: {
    name: 'standpipe_backfill_appended_entries_total',
    type: 'counter',
    help: 'Entries that Redis confirmed to have added to the output. One whose reply was lost is not among them.',
    labels: GROUP,
  },
  fetched: {
    name: 'standpipe_backfill_fetched_bytes_total',
    type: 'counter',
    help: 'Bytes of repos received.',
    labels: GROUP,
  },
  identities: {
    name: 'standpipe_backfill_identities_total',
    type: 'counter',
    help: 'DIDs resolved, by where from: cache or document.',
    labels: [...GROUP, 'source'],
  },
  lostBodies: {
    name: 'standpipe_backfill_lost_bodies_total',
    type: 'counter',
    help: 'Pending entries whose body was trimmed or deleted before they were acknowledged: each is a loss.',
    labels: GROUP,
  },
  fenced: {
    name: 'standpipe_backfill_fenced_total',
    type: 'counter',
    help: 'Repos given up, because another consumer had claimed them.',
    labels: GROUP,
  },
  redisErrors: {
    name: 'standpipe_backfill_redis_errors_total',
    type: 'counter',
    help: 'Commands that Redis failed or refused and that were tried again.',
    labels: GROUP,
  },
  trimmed: {
    name: 'standpipe_backfill_trimmed_total',
    type: 'counter',
    help: 'Entries of the input removed because every group had acknowledged them.',
    labels: ['stream'],
  },
  backpressure: {
    name: 'standpipe_backfill_backpressure_seconds_total',
    type: 'counter',
    help: 'Seconds for which batches waited, summed over repos, because the output was full or took no writes.',
    labels: GROUP,
  },
  held: {
    name: 'standpipe_backfill_held_repos',
    type: 'gauge',
    help: 'Repos in this process: delivered, neither acknowledged nor dead-lettered.',
    labels: GROUP,
  },
  bytesHeld: {
    name: 'standpipe_backfill_held_bytes',
    type: 'gauge',
    help: 'Bytes of repos in the memory of this process.',
    labels: GROUP,
  },
  seconds: {
    name: 'standpipe_backfill_repo_seconds',
    type: 'histogram',
    help: 'Seconds from the first byte asked of the host to the closing event stored, failed attempts left out.',
    labels: GROUP,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900],
  },
} as const satisfies Record<string, MetricDeclaration>
