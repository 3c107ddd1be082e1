import { coloursFor } from '#kernel/cli/colours-for.ts'
import type { CommandContext } from '#kernel/cli/command.ts'
import type { Report } from '#kernel/report/report.ts'
import type { AuditResults } from '../audit-results.ts'
import { toReport } from '../to-report.ts'
import { toGithub } from './to-github.ts'
import { type FailOn, toJunit } from './to-junit.ts'
import { type SarifOptions, toSarif } from './to-sarif.ts'
import { toTable } from './to-table.ts'

export const FORMATS = ['table', 'json', 'sarif', 'junit', 'github', 'markdown', 'html'] as const

export type Format = (typeof FORMATS)[number]

/** What the document of every area is turned into elsewhere. */
export interface ReportRenderers {
  readonly markdown: (report: Report) => string
  readonly html: (report: Report) => string
}

export interface RenderOptions extends SarifOptions {
  readonly format: Format
  readonly failOn: FailOn
  /** What the report is called. */
  readonly title: string
  readonly stdout: CommandContext['stdout']
  readonly reports: ReportRenderers
}

/** The findings as text of one format. */
export function render(results: AuditResults, options: RenderOptions): string {
  const { format, failOn, title, stdout, reports } = options
  switch (format) {
    case 'table':
      return toTable(results, coloursFor(stdout), stdout.columns)
    case 'json':
      return `${JSON.stringify(results, null, 2)}\n`
    case 'sarif':
      return toSarif(results, options)
    case 'junit':
      return toJunit(results, failOn)
    case 'github':
      return toGithub(results)
    case 'markdown':
    case 'html':
      return reports[format](toReport(results, title))
  }
}
