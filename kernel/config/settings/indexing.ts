import { z } from 'zod'
import type { Setting } from '../setting.ts'
import { count, flag, wholeNumber } from './schemas.ts'

/** From a stream into the sink. */
export const INDEXING_SETTINGS = {
  'claim-idle': {
    schema: wholeNumber.min(1, 'expected a whole number of seconds above 0'),
    default: '60',
    describe: 'Seconds without a sign of life of its holder after which a pending entry is claimed',
  },
  'keep-at-least': {
    schema: z
      .string()
      .regex(/^\d{1,12}$|^\d{1,6}[smhd]$/, 'expected a number of entries, or an age like 90s, 15m, 12h or 3d')
      .optional(),
    describe:
      'Youngest entries that a trim leaves in any case, by number or by age: 100000, 12h; unset keeps what groups need',
  },
  'label-group': {
    schema: z.string().min(1).optional(),
    describe: 'Consumer group to read labels as; unset is the usual one of the dialect',
  },
  'label-stream': {
    schema: z.string().min(1).optional(),
    describe:
      'Stream of labels to index besides; unset reads labels only from label_live, where --stream names it',
  },
  lanes: {
    schema: count.max(64, 'expected at most 64: each lane is a connection to the database').optional(),
    describe: 'Batches committed side by side, each DID in one lane; unset is 2 for PostgreSQL, 1 for PGlite',
  },
  'max-failures': {
    schema: count,
    default: '3',
    describe: 'Times the sink may refuse one entry before it becomes a dead letter; deliveries do not count',
  },
  'read-count': {
    schema: count.max(10_000),
    default: '500',
    describe: 'Most entries that one XREADGROUP asks for',
  },
  'record-effects': {
    schema: flag,
    default: 'false',
    describe: 'Write one row per committed entry into the table effect, for the ledger',
  },
  trim: { schema: flag, default: 'true', describe: 'Remove entries that every group has acknowledged' },
} as const satisfies Record<string, Setting>
