import Table from 'cli-table3'
import type { Colours } from '#kernel/cli/colours-for.ts'
import { VERDICTS } from '#kernel/verdict/verdict.ts'
import { verdictSymbol } from '#kernel/verdict/verdict-symbol.ts'
import { type AuditFinding, counts } from '../audit-finding.ts'
import type { AuditResults } from '../audit-results.ts'
import { describeDecision } from '../describe-decision.ts'
import { foldFindings } from '../fold-findings.ts'

/** Characters that the frame and the first columns take. */
const FIXED = 18 + 27 + 4

/** The findings for a person at a terminal: worst first, with what mends those that are no pass. */
export function toTable(results: AuditResults, colours: Colours, columns = 110): string {
  const table = new Table({
    head: ['verdict', 'check', 'found'],
    colWidths: [18, 27, Math.max(40, columns - FIXED)],
    wordWrap: true,
    style: { head: [], border: [] },
  })
  for (const finding of foldFindings(results.findings).toSorted(worstFirst)) {
    const mark = `${verdictSymbol(finding.verdict)} ${finding.verdict}`
    const shown = counts(finding) ? colours.verdict(finding.verdict, mark) : colours.dim(mark)
    table.push([shown, finding.check, describe(finding, colours)])
  }
  return `${table.toString()}\n${summarise(results, colours)}\n`
}

/** What somebody has decided to live with comes after what nobody has. */
const rankOf = (finding: AuditFinding): number =>
  counts(finding) ? VERDICTS.indexOf(finding.verdict) : VERDICTS.indexOf('pass') + 0.5

const worstFirst = (a: AuditFinding, b: AuditFinding): number => rankOf(b) - rankOf(a)

function describe(finding: AuditFinding, colours: Colours): string {
  const { verdict, subject, observed, expected, why, remedy } = finding
  const found = `${subject}: ${observed}`
  const decision = describeDecision(finding)
  if (decision !== null) return [found, decision].join('\n')
  if (verdict === 'pass' || verdict === 'not-applicable') return found
  return [found, `expected: ${expected}`, colours.dim(why), `→ ${remedy}`].join('\n')
}

function summarise({ verdict, findings, server, profile }: AuditResults, colours: Colours): string {
  const counted = findings.filter(counts)
  const tallied = VERDICTS.toReversed()
    .map((one) => [counted.filter((finding) => finding.verdict === one).length, one] as const)
    .filter(([count]) => count > 0)
    .map(([count, one]) => `${count} ${one}`)
  const waived = findings.filter((finding) => finding.waived).length
  const known = findings.length - counted.length - waived
  const aside = [...(waived ? [`${waived} waived`] : []), ...(known ? [`${known} known`] : [])]
  const whom = [server.url, server.version && `(${server.version})`].filter(Boolean).join(' ')
  const tally = [...tallied, ...aside].join(', ')
  return `${colours.verdict(verdict, verdict)}: ${tally} · ${whom} · profile ${profile}`
}
