import { formatMeasure } from '#kernel/format/format-measure.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import { describeHost } from '#loadtest/numbered/describe-host.ts'
import type { PreflightPlan } from './plan.ts'

/** Versions, host and resolved configuration, secrets removed: what a number of this run depends on. */
export function describeEnvironment(plan: PreflightPlan): Readonly<Record<string, string>> {
  return {
    ...describeHost(),
    redis: plan.owned ? 'private, AOF everysec, noeviction' : redactUrl(plan.redisUrl),
    maxmemory: formatMeasure(plan.maxmemoryBytes, 'bytes'),
    postgres: plan.databaseUrl === null ? 'PGlite, embedded' : redactUrl(plan.databaseUrl),
    profile: plan.profile.name,
    stream: plan.stream,
    'own rate': plan.ownRate === null ? 'not said' : `${plan.ownRate} events/s`,
  }
}
