import type { MetricDeclaration } from '../metric.ts'

const GROUP = ['stream', 'group'] as const

/** What `standpipe ledger --watch` promises to whoever scrapes it. Every number is of the present epoch. */
export const LEDGER_METRICS = {
  balanced: {
    name: 'standpipe_ledger_balanced',
    type: 'gauge',
    help: '1 when every entry owed is accounted for, 0 when entries are lost; no sample when it cannot be told.',
    labels: GROUP,
  },
  known: {
    name: 'standpipe_ledger_known',
    type: 'gauge',
    help: '1 when it can be told whether the books balance, 0 when it cannot.',
    labels: GROUP,
  },
  lastKnown: {
    name: 'standpipe_ledger_last_known_timestamp_seconds',
    type: 'gauge',
    help: 'When it could last be told whether the books balance, by the clock of Redis; no sample before the first time.',
    labels: GROUP,
  },
  epoch: {
    name: 'standpipe_ledger_epoch',
    type: 'gauge',
    help: 'Number of the present epoch; it grows when the stream was created anew, went back, or was rewound.',
    labels: GROUP,
  },
  owed: {
    name: 'standpipe_ledger_owed_entries',
    type: 'gauge',
    help: 'Entries that the group owed when the epoch began, and those added since.',
    labels: GROUP,
  },
  acknowledged: {
    name: 'standpipe_ledger_acknowledged_entries',
    type: 'gauge',
    help: 'Entries that readers acknowledged after their sink had them; no sample when nobody counts them.',
    labels: GROUP,
  },
  deadLettered: {
    name: 'standpipe_ledger_dead_lettered_entries',
    type: 'gauge',
    help: 'Entries that became dead letters; no sample when nobody counts them.',
    labels: GROUP,
  },
  pending: {
    name: 'standpipe_ledger_pending_entries',
    type: 'gauge',
    help: 'Entries delivered and not acknowledged.',
    labels: GROUP,
  },
  undelivered: {
    name: 'standpipe_ledger_undelivered_entries',
    type: 'gauge',
    help: 'Entries in the stream that the group has yet to receive; no sample when it cannot be told.',
    labels: GROUP,
  },
  lost: {
    name: 'standpipe_ledger_lost_entries',
    type: 'gauge',
    help: 'Entries owed that are gone and that nobody settled, at least; no sample when it cannot be told.',
    labels: GROUP,
  },
  lostBefore: {
    name: 'standpipe_ledger_lost_before_entries',
    type: 'gauge',
    help: 'Entries lost in the epochs before the present one, as far as they are kept, at least.',
    labels: GROUP,
  },
  looks: {
    name: 'standpipe_ledger_looks_total',
    type: 'counter',
    help: 'Times that the books were kept, by outcome: ok, or failed because Redis did not answer.',
    labels: ['stream', 'outcome'],
  },
} as const satisfies Record<string, MetricDeclaration>
