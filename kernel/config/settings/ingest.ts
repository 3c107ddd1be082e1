import { z } from 'zod'
import type { Setting } from '../setting.ts'
import { bytes, count, wholeNumber } from './schemas.ts'

/** From a relay into a stream. */
export const INGEST_SETTINGS = {
  'batch-entries': {
    schema: count.max(1_000, 'expected at most 1000: one call must not block Redis for long'),
    default: '500',
    describe: 'Most entries that one append call carries',
  },
  'entry-id': {
    schema: z.enum(['time', 'seq']),
    default: 'time',
    describe:
      'Number entries by the time at which they are added, or by the sequence of their commit (one relay only)',
  },
  'frame-bytes': {
    schema: bytes,
    default: '5mb',
    describe:
      'Largest message of a relay that is read; a larger one is counted as rejected; bytes, kb, mb or gb',
  },
  'high-water': {
    schema: count,
    default: '1000000',
    describe: 'Entries in the stream at which the append refuses and the relay socket pauses',
  },
  'in-flight-bytes': {
    schema: count,
    default: '16777216',
    describe: 'Bytes read from the relay and not yet appended at which its socket pauses',
  },
  labels: {
    schema: z.string().optional(),
    bare: true,
    describe:
      'Hosts whose labels to subscribe to instead of the relay, comma-separated; into label_live. Without a value: those of --dialect',
  },
  'lossy-max-length': {
    schema: count.optional(),
    describe: 'Entries beyond which the oldest are removed, read or not: they are lost; unset removes none',
  },
  'memory-reserve': {
    schema: wholeNumber.min(0, 'expected a percentage, 0 to 50').max(50, 'expected a percentage, 0 to 50'),
    default: '5',
    describe:
      'Percent of maxmemory that the ingester leaves free for cursors, acknowledgements and dead letters',
  },
  'merge-memory': {
    schema: count,
    default: '150000',
    describe: 'With --relay-mode merge: newest events that are known again when another relay brings them',
  },
  'on-future-cursor': {
    schema: z.enum(['wait', 'live', 'oldest']),
    default: 'wait',
    describe: 'When the relay has not come as far as the stored cursor: wait, or record a gap and begin anew',
  },
  'record-bytes': {
    schema: bytes,
    default: '1mb',
    describe:
      'Largest record that becomes an event; a larger one is counted as rejected; bytes, kb, mb or gb',
  },
  relay: {
    schema: z.string(),
    default: 'wss://bsky.network',
    describe: 'Relay to subscribe to; of several, comma-separated, --relay-mode says what they do',
  },
  'relay-mode': {
    schema: z.enum(['failover', 'merge']),
    default: 'failover',
    describe: 'Several relays take over from each other, or are all heard at once and each event stored once',
  },
  source: {
    schema: z.enum(['relay', 'atproto-sync']),
    default: 'relay',
    describe:
      'Who reads what the relay sends: we, or the reference client @atproto/sync, several times slower',
  },
  start: {
    schema: z.enum(['live', 'oldest']),
    default: 'live',
    describe: 'Where to begin when no cursor is stored: now, or the oldest event that the relay still has',
  },
  verify: {
    schema: z.enum(['none', 'cid', 'signature', 'full']),
    default: 'cid',
    describe:
      'Hold commits against nothing, hashes, also key and tree of the account, or also the tree before',
  },
} as const satisfies Record<string, Setting>
