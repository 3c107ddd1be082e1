import type { Redis } from 'ioredis'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { LIVE_STREAM } from '#pipeline/contract.ts'
import type { AuditResults } from './audit-results.ts'
import { type Baseline, markKnown } from './baseline/baseline.ts'
import type { Check } from './check.ts'
import { checks as allChecks } from './checks/index.ts'
import { isAsked } from './choose-checks.ts'
import type { EvidenceName, GatheredEvidence } from './evidence.ts'
import { gatherEvidence } from './gather/gather-evidence.ts'
import { isLive } from './is-live.ts'
import type { Manifest } from './manifest/manifest.ts'
import { overallVerdict } from './overall-verdict.ts'
import type { Profile } from './profile.ts'
import { buffer } from './profiles/buffer.ts'
import { runChecks } from './run-checks.ts'
import { toProduct } from './to-product.ts'
import { applyWaivers } from './waivers/apply-waivers.ts'
import type { Waiver } from './waivers/waiver.ts'

export interface AuditOptions {
  readonly profile?: Profile
  /** All of them unless named. */
  readonly checks?: readonly Check[]
  readonly streams?: readonly string[]
  /** Milliseconds since the Unix epoch. */
  readonly now?: () => number
  /** How long the evidence may take besides watching; what has not come by then is `unknown`. */
  readonly within?: Duration
  /** What was declared of this deployment. */
  readonly manifest?: Manifest | null
  /** How long to watch before judging; 0, the default, looks once. */
  readonly watchFor?: Duration
  /** Ends the watch; the audit then throws the signal's reason. */
  readonly signal?: AbortSignal
  readonly waivers?: { readonly path: string; readonly list: readonly Waiver[] }
  /** An earlier audit: what it had already does not count. */
  readonly baseline?: Baseline
}

/**
 * Asks the checks of a running Redis, over one connection that only reads. Throws `DependencyError` when the
 * server cannot be reached at all; whatever it refuses or leaves unanswered afterwards is an `unknown` finding.
 */
export async function audit(server: string | Redis, options: AuditOptions = {}): Promise<AuditResults> {
  if (typeof server !== 'string') return auditOver(server, urlOf(server), null, options)
  const redis = await connectRedis(server, { name: 'standpipe-audit' })
  try {
    return await auditOver(redis, server, redactUrl(server), options)
  } finally {
    redis.disconnect()
  }
}

const DEFAULTS: Required<AuditOptions> = {
  profile: buffer,
  checks: allChecks,
  streams: [LIVE_STREAM],
  now: () => systemClock.now(),
  within: seconds(10),
  manifest: null,
  watchFor: 0,
  signal: new AbortController().signal,
  waivers: { path: '', list: [] },
  baseline: { schema: 'standpipe/audit@1', findings: [] },
}

async function auditOver(
  redis: Redis,
  url: string,
  shownUrl: string | null,
  options: AuditOptions,
): Promise<AuditResults> {
  const { checks: named, profile, waivers, baseline, now, ...look } = { ...DEFAULTS, ...options }
  const startedAt = new Date(now())
  const checks = named.filter(({ id }) => isAsked(profile, id))
  const gathered = await gatherEvidence(evidenceFor(checks), { ...look, redis, url })
  const found = runChecks(checks, gathered, { profile, now: startedAt })
  const asked = checks.map(({ id }) => id)
  const waived = applyWaivers(found, waivers.list, { now: startedAt, asked, path: waivers.path })
  const findings = markKnown(waived, baseline)
  return {
    schema: 'standpipe/audit@1',
    verdict: overallVerdict(findings),
    profile: profile.name,
    server: { url: shownUrl, version: versionOf(gathered) },
    startedAt: startedAt.toISOString(),
    finishedAt: new Date(now()).toISOString(),
    findings,
  }
}

/** What these checks need and want, and the version of the server; of streams, also which cannot be read. */
function evidenceFor(checks: readonly Check[]): EvidenceName[] {
  const streams = checks.some(isLive) ? (['streams'] as const) : []
  return [
    ...new Set<EvidenceName>([
      'server',
      ...streams,
      ...checks.flatMap(({ needs, wants = [] }) => [...needs, ...wants]),
    ]),
  ]
}

/** Where a client is connected, as a URL without secrets, for the proof that the server runs on this host. */
function urlOf({ options: { path, host, port } }: Redis): string {
  return path ? `unix://${encodeURI(path)}` : `redis://${host?.includes(':') ? `[${host}]` : host}:${port}`
}

function versionOf({ server }: GatheredEvidence): string | null {
  if (!server || !('value' in server)) return null
  try {
    const { product, version } = toProduct(server.value)
    return `${product} ${version}`
  } catch {
    return null
  }
}
