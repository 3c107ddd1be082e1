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
  'first-seq': {
    schema: wholeNumber.min(1, 'expected 1 or more').optional(),
    describe:
      'Sequence of the first frame of the relay; unset follows the clock, so that a restart repeats none',
  },
  hosts: {
    schema: wholeNumber.min(0, 'expected 0 or more').max(64, 'expected at most 64'),
    default: '0',
    describe: 'Data servers beside the relay, which keep every repo, and a directory of DIDs; 0 starts none',
  },
  journal: {
    schema: text.optional(),
    describe: 'File for one JSON line per event that the relay sets out to send; unset writes none',
  },
  'network-profile': {
    schema: text.optional(),
    describe: 'File that says what the synthetic network is like, YAML or JSON; see standpipe profile',
  },
  port: { schema: port, default: '0', describe: 'Port of the relay on 127.0.0.1; 0 picks a free one' },
  rate: {
    schema: z.coerce.number('expected a number').min(0, 'expected 0 or more'),
    default: '600',
    describe: 'Stream events per second by the clock; 0 is as fast as subscribers take them',
  },
  replay: {
    schema: text.optional(),
    describe: 'File of captured messages or frames for the relay to play instead of the synthetic network',
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
