import type { AuditFinding } from '../audit-finding.ts'
import { matchesGlob } from '../matches-glob.ts'
import { endOf, type Waiver } from './waiver.ts'

/**
 * Marks the findings that are waived, and adds one for every waiver that has expired (fail) or that no finding
 * needs (warn). Only what is worse than a pass can be waived. `asked` are the checks that were asked at all: a
 * waiver of another one is neither used nor unused.
 */
export function applyWaivers(
  findings: readonly AuditFinding[],
  waivers: readonly Waiver[],
  { now, asked, path }: { readonly now: Date; readonly asked: readonly string[]; readonly path: string },
): AuditFinding[] {
  const valid = waivers.filter((waiver) => endOf(waiver) > now.getTime())
  const used = new Set<Waiver>()
  const marked = findings.map((finding) => {
    const waiver = isIll(finding) ? valid.find((one) => fits(one, finding)) : undefined
    if (!waiver) return finding
    used.add(waiver)
    const { reason, owner, expires } = waiver
    return { ...finding, waived: { reason, owner, expires } }
  })
  const expired = waivers.filter((waiver) => !valid.includes(waiver))
  const unused = valid.filter((waiver) => !used.has(waiver) && asked.includes(waiver.check))
  return [
    ...marked,
    ...expired.map((waiver) => about(waiver, 'fail', path)),
    ...unused.map((waiver) => about(waiver, 'warn', path)),
  ]
}

const isIll = ({ verdict }: AuditFinding): boolean => verdict !== 'pass' && verdict !== 'not-applicable'

const fits = (waiver: Waiver, { check, subject }: AuditFinding): boolean =>
  waiver.check === check && matchesGlob(waiver.subject, subject)

function about(waiver: Waiver, verdict: 'warn' | 'fail', path: string): AuditFinding {
  const { check, subject, reason, owner, expires } = waiver
  const expired = verdict === 'fail'
  return {
    check: 'waivers',
    subject: `${check} ${subject}`,
    verdict,
    observed: expired
      ? `expired on ${expires}: ${reason} (${owner})`
      : `waives nothing any more: ${reason} (${owner})`,
    expected: expired ? 'a decision that still holds' : 'a finding that needs it',
    evidence: [{ command: `cat ${path}`, value: `${check} ${subject} until ${expires}` }],
    why: expired
      ? 'What was accepted for a while is accepted no longer: the events that it puts at risk are at risk without anybody’s decision.'
      : 'A waiver that waives nothing will hide the next finding that fits it.',
    remedy: expired ? `mend it, or let ${owner} decide again in ${path}` : `remove it from ${path}`,
  }
}
