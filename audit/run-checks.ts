import type { Verdict } from '#kernel/verdict/verdict.ts'
import type { AuditFinding } from './audit-finding.ts'
import type { Check, EvidenceFor, Finding } from './check.ts'
import type { EvidenceName, GatheredEvidence, Unreadable } from './evidence.ts'
import { isLive } from './is-live.ts'
import { MissingEvidence } from './missing-evidence.ts'
import type { Profile } from './profile.ts'

export interface RunChecksOptions {
  readonly profile: Profile
  readonly now: Date
}

/** Asks every check, in order. Every check yields at least one finding, so none can go missing unnoticed. */
export function runChecks(
  checks: readonly Check[],
  gathered: GatheredEvidence,
  options: RunChecksOptions,
): AuditFinding[] {
  return checks.flatMap((check) => runCheck(check, gathered, options).map((found) => complete(check, found)))
}

/** Missing evidence, and a judge that throws, are `unknown` with the reason; nothing found is not-applicable. */
function runCheck(check: Check, gathered: GatheredEvidence, { profile, now }: RunChecksOptions): Finding[] {
  const missing = check.needs.map((name) => whyMissing(gathered, name)).find((reason) => reason !== null)
  if (missing !== undefined) return [instead(check, 'unknown', missing)]
  try {
    const evidence = evidenceFor(check, gathered)
    const judged = check.judge(evidence, { now, limits: limitsFor(check, profile), profile: profile.name })
    const unseen = unreadableFor(check, gathered).map(({ stream, reason }) => ({
      ...instead(check, 'unknown', reason),
      subject: stream,
    }))
    const findings = [...judged, ...unseen]
    return findings.length > 0 ? findings : [instead(check, 'not-applicable', 'nothing to look at')]
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return [instead(check, 'unknown', error instanceof MissingEvidence ? reason : `cannot judge: ${reason}`)]
  }
}

/** The check's own limits, with those of the profile in their place. */
function limitsFor(check: Check, profile: Profile): object {
  return { ...(check.limits as object), ...profile.limits[check.id] }
}

function whyMissing(gathered: GatheredEvidence, name: EvidenceName): string | null {
  const found = gathered[name]
  if (!found) return `no evidence was gathered: ${name}`
  return 'missing' in found ? found.missing : null
}

/** The streams of which a part is not there that the check needs, each once. */
function unreadableFor(check: Check, gathered: GatheredEvidence): Unreadable[] {
  if (!isLive(check)) return []
  const without = [...check.needs, 'streams' as const].flatMap((name) => {
    const found = gathered[name]
    return found && 'value' in found ? (found.without ?? []) : []
  })
  return [...new Map(without.map((one) => [one.stream, one])).values()]
}

function evidenceFor(check: Check, gathered: GatheredEvidence): EvidenceFor<EvidenceName, EvidenceName> {
  const names = [...check.needs, ...(check.wants ?? [])]
  const values = names.map((name) => {
    const found = gathered[name]
    return [name, found && 'value' in found ? found.value : null]
  })
  return Object.fromEntries(values) as EvidenceFor<EvidenceName, EvidenceName>
}

function instead(check: Check, verdict: Verdict, observed: string): Finding {
  return { subject: 'redis', verdict, observed, expected: check.title, evidence: [] }
}

function complete(check: Check, finding: Finding): AuditFinding {
  return { check: check.id, why: check.why, remedy: check.remedy, ...finding }
}
