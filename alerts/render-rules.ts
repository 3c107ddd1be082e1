import { stringify } from 'yaml'
import type { Alert } from './alert.ts'
import { kebab, type Links } from './links.ts'
import { toPrometheusDuration } from './prometheus-duration.ts'

/** The first line of every file that nobody should edit. */
export const GENERATED_HERE =
  '# Written by `standpipe alerts build --write` from alerts/ and monitoring/; edits are lost.\n'

/** What an alert says besides its labels. */
export interface Annotations {
  readonly summary: string
  readonly description: string
  readonly runbook_url: string
  readonly dashboard_url: string
}

export function annotationsOf(alert: Alert, links: Links): Annotations {
  return {
    summary: alert.summary,
    description: alert.description,
    runbook_url: `${links.runbooks}/${kebab(alert.name)}.md`,
    dashboard_url: `${links.dashboards}/${alert.dashboard}`,
  }
}

/** The rules file that Prometheus loads. */
export function renderRules(alerts: readonly Alert[], links: Links): string {
  const rules = alerts.map((alert) => ({
    alert: alert.name,
    expr: alert.expr,
    ...(alert.for > 0 ? { for: toPrometheusDuration(alert.for) } : {}),
    labels: { severity: alert.severity },
    annotations: annotationsOf(alert, links),
  }))
  return GENERATED_HERE + stringify({ groups: [{ name: 'standpipe', rules }] }, { lineWidth: 0 })
}
