import { z } from 'zod'
import type { Setting } from '../setting.ts'
import { bytes } from './schemas.ts'

/** What audits, preflights and alerts go by. */
export const JUDGING_SETTINGS = {
  'dashboards-url': {
    schema: z.url('expected a URL'),
    default: 'https://grafana.example/d',
    describe: 'Where Grafana shows dashboards; an alert links to this/UID',
  },
  'docs-url': {
    schema: z.url('expected a URL'),
    default: 'https://standpipe.example/docs',
    describe: 'Where the folder docs/ can be read; a finding links to this/checks/CHECK.md',
  },
  'events-per-second': {
    schema: z.coerce.number('expected a number').positive('expected a number above 0').optional(),
    describe: 'Your own events per second, for which the capacity is judged; unset judges none',
  },
  maxmemory: {
    schema: bytes,
    default: '2gb',
    describe:
      'maxmemory of the Redis servers that we start, and the one the capacity is told for; bytes, kb, mb or gb',
  },
  profile: {
    schema: z.string(),
    default: 'buffer',
    describe: 'What the Redis is for: buffer, cache, ci or met-27',
  },
  'runbooks-url': {
    schema: z.url('expected a URL'),
    default: 'https://standpipe.example/runbooks',
    describe: 'Where the folder runbooks/ can be read; an alert links to this/NAME.md',
  },
} as const satisfies Record<string, Setting>
