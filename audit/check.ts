import type { Verdict } from '#kernel/verdict/verdict.ts'
import type { Evidence, EvidenceName } from './evidence.ts'
import type { ProfileName } from './profile.ts'
import type { Quote } from './quote.ts'

/** What a check found about one subject. `why` and `remedy` stand in for the check's own where the case is special. */
export interface Finding {
  readonly subject: string
  readonly verdict: Verdict
  readonly observed: string
  readonly expected: string
  readonly evidence: readonly Quote[]
  readonly why?: string
  readonly remedy?: string
}

/** All that a judge may know besides its evidence. */
export interface CheckContext<Limits = unknown> {
  readonly now: Date
  readonly limits: Readonly<Limits>
  readonly profile: ProfileName
}

/** What a judge sees: everything it needs, and of what it merely wants `null` where that could not be gathered. */
export type EvidenceFor<Needs extends EvidenceName, Wants extends EvidenceName> = Pick<Evidence, Needs> & {
  readonly [Name in Wants]: Evidence[Name] | null
}

/**
 * A question the audit asks. `judge` is pure: it sees only the evidence it named, the clock it was handed, and
 * its limits. It returns one finding for every subject it looked at, passing ones included, so that a report
 * can say how much was examined. No findings means the check had nothing to look at.
 */
export interface Check<
  Needs extends EvidenceName = EvidenceName,
  Wants extends EvidenceName = EvidenceName,
  Limits = unknown,
> {
  readonly id: string
  /** A claim that holds when the check passes. */
  readonly title: string
  /** What is lost or delayed when it does not hold, in events and seconds. */
  readonly why: string
  /** The command that mends it. */
  readonly remedy: string
  /** Evidence without which the verdict is `unknown`. */
  readonly needs: readonly Needs[]
  /** Evidence that makes the finding sharper, and without which it is still honest. */
  readonly wants?: readonly Wants[]
  /** The page of `runbooks/` that answers when it does not hold. */
  readonly runbook?: string
  /** From which server version on the evidence is to be had; absent when every version has it. */
  readonly since?: string
  /** Whether one primary of a cluster answers for all. */
  readonly once?: true
  /** Numbers to judge by, with the unit in the name; a profile may set others. */
  readonly limits: Readonly<Limits>
  judge(evidence: EvidenceFor<Needs, Wants>, context: CheckContext<Limits>): Finding[]
}

/** Infers a check's evidence and limits, so that `judge` cannot read what it did not ask for. */
export function defineCheck<
  const Needs extends EvidenceName,
  const Wants extends EvidenceName = never,
  Limits = unknown,
>(check: Check<Needs, Wants, Limits>): Check<Needs, Wants, Limits> {
  return check
}
