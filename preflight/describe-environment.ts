import { readFileSync } from 'node:fs'
import { arch, availableParallelism, platform, release, totalmem } from 'node:os'
import { formatMeasure } from '#kernel/format/format-measure.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import type { PreflightPlan } from './plan.ts'

/** Versions, host and resolved configuration, secrets removed: what a number of this run depends on. */
export function describeEnvironment(plan: PreflightPlan): Readonly<Record<string, string>> {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string
  }
  return {
    standpipe: version,
    node: process.version,
    host: `${platform()} ${release()} ${arch()}, ${availableParallelism()} cores, ${formatMeasure(totalmem(), 'bytes')}`,
    redis: plan.owned ? 'private, AOF everysec, noeviction' : redactUrl(plan.redisUrl),
    maxmemory: formatMeasure(plan.maxmemoryBytes, 'bytes'),
    postgres: plan.databaseUrl === null ? 'PGlite, embedded' : redactUrl(plan.databaseUrl),
    profile: plan.profile.name,
    stream: plan.stream,
    'own rate': plan.ownRate === null ? 'not said' : `${plan.ownRate} events/s`,
  }
}
