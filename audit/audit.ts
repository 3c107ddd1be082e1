import type { Redis } from 'ioredis'
import { redactUrl } from '#kernel/redis/redact-url.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { LIVE_STREAM } from '#pipeline/contract.ts'
import type { AuditFinding } from './audit-finding.ts'
import type { AuditResults } from './audit-results.ts'
import { type Baseline, markKnown } from './baseline/baseline.ts'
import type { Check } from './check.ts'
import { checks as allChecks } from './checks/index.ts'
import { isAsked } from './choose-checks.ts'
import { type Deployment, openDeployment } from './deployment/open-deployment.ts'
import { judgeServer } from './judge-server.ts'
import type { Manifest } from './manifest/manifest.ts'
import { overallVerdict } from './overall-verdict.ts'
import type { Profile } from './profile.ts'
import { buffer } from './profiles/buffer.ts'
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
 * Asks the checks of a running Redis, over connections that only read: of the server at the URL, of the primary that
 * a Sentinel names, or of every primary of a cluster; of a connection that was handed over, that server alone.
 * Throws `DependencyError` when the server cannot be reached at all; whatever it refuses or leaves unanswered
 * afterwards is an `unknown` finding.
 */
export async function audit(server: string | Redis, options: AuditOptions = {}): Promise<AuditResults> {
  const asked = { ...DEFAULTS, ...options }
  if (typeof server === 'string') {
    await using deployment = await openDeployment(server, asked.streams)
    return await judgeDeployment(deployment, redactUrl(server), asked)
  }
  const alone = { address: null, streams: asked.streams, speaks: true }
  const servers = [{ ...alone, connection: { redis: server }, url: urlOf(server) }]
  return judgeDeployment({ servers, sentinel: null }, null, asked)
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

async function judgeDeployment(
  { servers, sentinel }: Pick<Deployment, 'servers' | 'sentinel'>,
  url: string | null,
  { checks: named, profile, waivers, baseline, now, ...looking }: Required<AuditOptions>,
): Promise<AuditResults> {
  const startedAt = new Date(now())
  const checks = named.filter(({ id }) => isAsked(profile, id))
  const options = { ...looking, profile, sentinel, now: startedAt }
  const judged = await Promise.all(servers.map((server) => judgeServer(server, checks, options)))
  const asked = checks.map(({ id }) => id)
  const found = inOrderOf(
    asked,
    judged.flatMap(({ findings }) => findings),
  )
  const waived = applyWaivers(found, waivers.list, { now: startedAt, asked, path: waivers.path })
  const findings = markKnown(waived, baseline)
  return {
    schema: 'standpipe/audit@1',
    verdict: overallVerdict(findings),
    profile: profile.name,
    server: { url, version: judged.find(({ version }) => version !== null)?.version ?? null },
    startedAt: startedAt.toISOString(),
    finishedAt: new Date(now()).toISOString(),
    findings,
  }
}

/** Findings of several servers, check by check. */
function inOrderOf(checks: readonly string[], findings: readonly AuditFinding[]): AuditFinding[] {
  const byCheck = Map.groupBy(findings, ({ check }) => check)
  return checks.flatMap((check) => byCheck.get(check) ?? [])
}

/** Where a client is connected, as a URL without secrets, for the proof that the server runs on this host. */
function urlOf({ options: { path, host, port } }: Redis): string {
  return path ? `unix://${encodeURI(path)}` : `redis://${host?.includes(':') ? `[${host}]` : host}:${port}`
}
