import { kebab } from '#alerts/links.ts'
import type { Drill } from '#chaos/drill.ts'
import type { Catalogue } from '../catalogue.ts'
import { code, toTable } from '../table.ts'

/** Every alert, with the runbook that answers it and the drills that rehearse it. */
export function renderAlerts({ alerts, drills }: Catalogue): string {
  return toTable(
    ['Alert', 'Severity', 'Says', 'Rehearsed'],
    alerts.map(({ name, severity, summary, unrehearsed = '' }) => [
      `[${name}](../runbooks/${kebab(name)}.md)`,
      severity,
      summary.replace(/\{\{\s*\$(?:labels\.)?(\w+)[^}]*\}\}/g, '*$1*'),
      rehearsalsOf(name, drills) || `no: ${unrehearsed}`,
    ]),
  )
}

function rehearsalsOf(alert: string, drills: readonly Drill[]): string {
  return drills
    .filter(({ expectAlerts }) => expectAlerts.includes(alert))
    .map(({ id }) => code(id))
    .join(', ')
}
