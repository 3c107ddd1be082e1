import { checkPage } from '#audit/check-page.ts'
import type { Catalogue } from '../catalogue.ts'
import { code, toTable } from '../table.ts'

/** What the audit asks, and what is lost where the answer is no. */
export function renderChecks({ checks }: Catalogue): string {
  return toTable(
    ['Check', 'Passes when', 'Why'],
    checks.map(({ id, title, why }) => [`[${code(id)}](${checkPage(id)})`, title, why]),
  )
}
