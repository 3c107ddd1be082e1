import type { Finding } from './check.ts'

/** A finding that stands for itself: it names its check and says why it matters and what mends it. */
export interface AuditFinding extends Required<Finding> {
  readonly check: string
}
