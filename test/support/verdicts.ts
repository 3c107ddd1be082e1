import type { AuditFinding } from '#audit/audit-finding.ts'
import type { Check } from '#audit/check.ts'
import type { Evidence, GatheredEvidence } from '#audit/evidence.ts'
import type { Profile } from '#audit/profile.ts'
import { buffer } from '#audit/profiles/buffer.ts'
import { runChecks } from '#audit/run-checks.ts'
import { type Verdict, worst } from '#kernel/verdict/verdict.ts'
import { someEvidence } from './evidence.ts'

const NOW = new Date('2025-11-20T23:06:41Z')

/** What one check finds in a deployment that is good but for what is named. */
export function findingsOf(
  check: Check,
  overrides: Partial<Evidence> = {},
  profile: Profile = buffer,
): AuditFinding[] {
  const values = Object.entries(someEvidence(overrides)).map(([name, value]) => [name, { value }])
  return runChecks([check], Object.fromEntries(values) as GatheredEvidence, { profile, now: NOW })
}

export function verdictOf(check: Check, overrides: Partial<Evidence> = {}, profile?: Profile): Verdict {
  return worst(findingsOf(check, overrides, profile).map(({ verdict }) => verdict))
}
