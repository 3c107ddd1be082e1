import type { Report } from '#kernel/report/report.ts'
import { toHtml } from './to-html.ts'
import { toJson } from './to-json.ts'
import { toMarkdown } from './to-markdown.ts'
import { type TerminalOptions, toTerminal } from './to-terminal.ts'

export const FORMATS = ['table', 'json', 'markdown', 'html'] as const

export type Format = (typeof FORMATS)[number]

/** The report as text of a format; the terminal matters to `table` alone. */
export function renderAs(format: Format, report: Report, terminal: TerminalOptions): string {
  switch (format) {
    case 'table':
      return toTerminal(report, terminal)
    case 'json':
      return toJson(report)
    case 'markdown':
      return toMarkdown(report)
    case 'html':
      return toHtml(report)
  }
}
