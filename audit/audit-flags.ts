import type { ArgumentsCamelCase, Argv } from 'yargs'
import { withSettings } from '#kernel/config/with-settings.ts'
import { UsageError } from '#kernel/errors.ts'
import type { Duration } from '#kernel/time/duration.ts'
import { parseDuration } from './manifest/parse-duration.ts'
import { FORMATS } from './render/render.ts'

/** The flags that every audit takes, whichever half of the checks it asks. */
export function withAuditFlags(yargs: Argv) {
  return withSettings(yargs, ['redis-url', 'stream', 'profile', 'docs-url'])
    .option('format', { choices: FORMATS, default: 'table' as const, describe: 'How to print the findings' })
    .option('fail-on', {
      choices: ['warn', 'fail'] as const,
      default: 'fail' as const,
      describe: 'From which verdict on to exit with 1',
    })
    .option('only', {
      type: 'string',
      requiresArg: true,
      describe: 'Checks to ask, comma-separated; * and ?',
    })
    .option('skip', { type: 'string', requiresArg: true, describe: 'Checks not to ask, likewise' })
    .option('watch', {
      type: 'string',
      requiresArg: true,
      describe: 'How long to watch before judging, such as 30s; without it, one look',
      coerce: toWatch,
    })
    .option('manifest', {
      type: 'string',
      requiresArg: true,
      describe: 'What is declared: streams, groups, rates, limits; standpipe.yaml where it is there',
    })
    .option('waivers', {
      type: 'string',
      requiresArg: true,
      describe: 'Findings that somebody has decided to live with for a while (YAML)',
    })
    .option('baseline', {
      type: 'string',
      requiresArg: true,
      describe: 'An earlier audit (--format json): only what is new counts',
    })
}

export type AuditFlags = ArgumentsCamelCase<
  ReturnType<typeof withAuditFlags> extends Argv<infer Flags> ? Flags : never
>

function toWatch(text: string | undefined): Duration {
  const duration = text === undefined ? 0 : parseDuration(text)
  if (duration !== null) return duration
  throw new UsageError(`--watch "${text}": expected a duration such as 30s or 2m`)
}
