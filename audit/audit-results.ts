import type { Verdict } from '#kernel/verdict/verdict.ts'
import type { AuditFinding } from './audit-finding.ts'
import type { ProfileName } from './profile.ts'

/** What an audit found; this is the document that `--format json` prints, described by `audit.schema.json`. */
export interface AuditResults {
  readonly schema: 'standpipe/audit@1'
  /** The worst of all findings. */
  readonly verdict: Verdict
  readonly profile: ProfileName
  readonly server: {
    /** Without its secrets; `null` when the audit was handed a connection. */
    readonly url: string | null
    /** `redis 7.0.15`; `null` when the server would not say. */
    readonly version: string | null
  }
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly finishedAt: string
  readonly findings: readonly AuditFinding[]
}
