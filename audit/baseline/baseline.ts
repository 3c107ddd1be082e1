import { z } from 'zod'
import { UsageError } from '#kernel/errors.ts'
import { VERDICTS } from '#kernel/verdict/verdict.ts'
import type { AuditFinding } from '../audit-finding.ts'
import type { AuditResults } from '../audit-results.ts'
import { readText } from '../read-yaml.ts'

const baselineSchema = z.object({
  schema: z.literal('standpipe/audit@1'),
  findings: z.array(z.object({ check: z.string(), subject: z.string(), verdict: z.enum(VERDICTS) })),
})

/** What an earlier audit found, as `--format json` printed it. */
export type Baseline = Pick<AuditResults, 'schema'> & {
  readonly findings: readonly Pick<AuditFinding, 'check' | 'subject' | 'verdict'>[]
}

/** Throws `UsageError` when the file is not what an audit printed. */
export async function readBaseline(path: string): Promise<Baseline> {
  const text = await readText(path)
  try {
    return baselineSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new UsageError(`"${path}" is not what standpipe audit --format json prints`, { cause: error })
  }
}

/** Marks the findings that the earlier audit had already, at least as bad. */
export function markKnown(
  findings: readonly AuditFinding[],
  { findings: earlier }: Baseline,
): AuditFinding[] {
  const before = new Map<string, number>()
  for (const { check, subject, verdict } of earlier) {
    const key = `${check} ${subject}`
    before.set(key, Math.max(before.get(key) ?? 0, VERDICTS.indexOf(verdict)))
  }
  return findings.map((finding) => {
    const rank = VERDICTS.indexOf(finding.verdict)
    const ill = rank > VERDICTS.indexOf('pass')
    return ill && rank <= (before.get(`${finding.check} ${finding.subject}`) ?? 0)
      ? { ...finding, known: true }
      : finding
  })
}
