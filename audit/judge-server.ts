import type { AuditFinding } from './audit-finding.ts'
import type { Check } from './check.ts'
import type { AuditedServer } from './deployment/audited-server.ts'
import type { EvidenceName, GatheredEvidence } from './evidence.ts'
import { type GatherOptions, gatherEvidence } from './gather/gather-evidence.ts'
import { isLive } from './is-live.ts'
import { type RunChecksOptions, runChecks } from './run-checks.ts'
import { toProduct } from './to-product.ts'

export interface ServerJudgement {
  readonly findings: readonly AuditFinding[]
  /** `redis 7.0.15`; `null` when the server would not say. */
  readonly version: string | null
}

type Looking = Omit<GatherOptions, 'redis' | 'url' | 'streams'>

/**
 * Gathers from one server what these checks need, and asks them. In a cluster what is the same for all is asked of
 * one server only, and streams of those that hold some; what is about the server is told with its address.
 */
export async function judgeServer(
  server: AuditedServer,
  all: readonly Check[],
  { profile, now, ...looking }: RunChecksOptions & Looking,
): Promise<ServerJudgement> {
  const { address, streams, speaks } = server
  const checks = all.filter(
    (check) => (speaks || !check.once) && (!isLive(check) || streams.length > 0 || address === null),
  )
  const gathered = await gatherFrom(server, evidenceFor(checks), looking)
  const findings = checks.flatMap((check) => {
    const found = runChecks([check], gathered, { profile, now })
    if (address === null || check.once) return found
    // What one server has nothing of, the others tell.
    const told = speaks ? found : found.filter(({ verdict }) => verdict !== 'not-applicable')
    return told.map((finding) => at(address, finding, check, streams))
  })
  return { findings, version: versionOf(gathered) }
}

/** The finding with the address of its server, unless it is about a stream: that lies on one server only. */
function at(address: string, finding: AuditFinding, check: Check, streams: readonly string[]): AuditFinding {
  const { subject } = finding
  const tellsStream = streams.includes(subject) || (isLive(check) && subject !== 'redis')
  return tellsStream ? finding : { ...finding, subject: `${address}: ${subject}` }
}

async function gatherFrom(
  { connection, url, streams, address }: AuditedServer,
  names: readonly EvidenceName[],
  looking: Looking,
): Promise<GatheredEvidence> {
  if ('unreachable' in connection) {
    return Object.fromEntries(names.map((name) => [name, { missing: connection.unreachable }]))
  }
  const { manifest } = looking
  const own = manifest && address !== null ? withStreams(manifest, streams) : manifest
  return gatherEvidence(names, { ...looking, manifest: own, redis: connection.redis, url, streams })
}

/** What was declared of the streams that lie on one server. */
function withStreams(
  manifest: NonNullable<Looking['manifest']>,
  streams: readonly string[],
): Looking['manifest'] {
  const own = Object.entries(manifest.streams).filter(([stream]) => streams.includes(stream))
  return { ...manifest, streams: Object.fromEntries(own) }
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

function versionOf({ server }: GatheredEvidence): string | null {
  if (!server || !('value' in server)) return null
  try {
    const { product, version } = toProduct(server.value)
    return `${product} ${version}`
  } catch {
    return null
  }
}
