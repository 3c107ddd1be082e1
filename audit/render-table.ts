import Table from 'cli-table3'
import type { Colours } from '#kernel/cli/colours-for.ts'
import { VERDICTS } from '#kernel/verdict/verdict.ts'
import { verdictSymbol } from '#kernel/verdict/verdict-symbol.ts'
import type { AuditFinding } from './audit-finding.ts'
import type { AuditResults } from './audit-results.ts'
import { foldInapplicable } from './fold-inapplicable.ts'

/** Characters that the frame and the first columns take. */
const FIXED = 18 + 27 + 4

/** The findings for a person at a terminal: worst first, with what mends those that are no pass. */
export function renderTable(results: AuditResults, colours: Colours, columns = 110): string {
  const table = new Table({
    head: ['verdict', 'check', 'found'],
    colWidths: [18, 27, Math.max(40, columns - FIXED)],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const finding of foldInapplicable(results.findings).toSorted(worstFirst)) {
    const mark = `${verdictSymbol(finding.verdict)} ${finding.verdict}`
    table.push([colours.verdict(finding.verdict, mark), finding.check, describe(finding, colours)])
  }
  return `${table.toString()}\n${summarise(results, colours)}\n`
}

const worstFirst = (a: AuditFinding, b: AuditFinding): number =>
  VERDICTS.indexOf(b.verdict) - VERDICTS.indexOf(a.verdict)

function describe(
  { verdict, subject, observed, expected, why, remedy }: AuditFinding,
  colours: Colours,
): string {
  const found = `${subject}: ${observed}`
  if (verdict === 'pass' || verdict === 'not-applicable') return found
  return [found, `expected: ${expected}`, colours.dim(why), `→ ${remedy}`].join('\n')
}

function summarise({ verdict, findings, server, profile }: AuditResults, colours: Colours): string {
  const counts = VERDICTS.toReversed()
    .map((one) => [findings.filter((finding) => finding.verdict === one).length, one] as const)
    .filter(([count]) => count > 0)
    .map(([count, one]) => `${count} ${one}`)
  const whom = [server.url, server.version && `(${server.version})`].filter(Boolean).join(' ')
  return `${colours.verdict(verdict, verdict)}: ${counts.join(', ')} · ${whom} · profile ${profile}`
}
