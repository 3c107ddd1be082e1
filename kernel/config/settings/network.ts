import { z } from 'zod'
import type { Setting } from '../setting.ts'
import { count, port, text, wholeNumber } from './schemas.ts'

/** The synthetic network and its relay. */
export const NETWORK_SETTINGS = {
  accounts: {
    schema: count.max(10_000_000, 'expected at most 10000000'),
    default: '5000',
    describe: 'Accounts that the synthetic network has at a time',
  },
  events: {
    schema: count.optional(),
    describe: 'Stream events after which the relay stops emitting; unset never stops',
  },
  journal: {
    schema: text.optional(),
    describe: 'File for one JSON line per event that the relay sets out to send; unset writes none',
  },
  port: { schema: port, default: '0', describe: 'Port of the relay on 127.0.0.1; 0 picks a free one' },
  rate: {
    schema: z.coerce.number('expected a number').min(0, 'expected 0 or more'),
    default: '600',
    describe: 'Stream events per second by the clock; 0 is as fast as subscribers take them',
  },
  replay: {
    schema: text.optional(),
    describe: 'File of captured messages for the relay to play instead of the synthetic network',
  },
  seed: {
    schema: wholeNumber.min(0, 'expected 0 or more'),
    default: '1',
    describe: 'Seed of everything made up: the same one makes the same accounts and texts',
  },
  'window-bytes': {
    schema: count,
    default: '268435456',
    describe: 'Bytes of newest frames that the relay keeps for cursors to reach back to',
  },
} as const satisfies Record<string, Setting>
