import type { AuditFinding } from './audit-finding.ts'

/** Why a finding does not count, for people; `null` when it does. */
export function describeDecision({ waived, known }: AuditFinding): string | null {
  if (waived) return `waived until ${waived.expires} by ${waived.owner}: ${waived.reason}`
  return known === true ? 'known: the baseline has it already' : null
}
