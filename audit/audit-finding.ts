import type { Finding } from './check.ts'
import type { Waiver } from './waivers/waiver.ts'

/** A finding that stands for itself: it names its check and says why it matters and what mends it. */
export interface AuditFinding extends Required<Finding> {
  readonly check: string
  /** Who has decided to live with it, why, and until when; absent when nobody has. */
  readonly waived?: Pick<Waiver, 'reason' | 'owner' | 'expires'>
  /** Whether an earlier audit, given as baseline, had it already. */
  readonly known?: boolean
}

/** Whether a finding counts: one that is waived, or known already, is shown and does not. */
export function counts({ waived, known }: AuditFinding): boolean {
  return waived === undefined && known !== true
}
