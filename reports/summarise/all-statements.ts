import type { Report, Statement } from '#kernel/report/report.ts'

/** Every statement of a report, in its order. */
export function allStatements({ sections }: Report): Statement[] {
  return sections.flatMap(({ statements }) => statements)
}
