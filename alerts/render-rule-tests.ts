import { stringify } from 'yaml'
import type { Alert, Example, Firing } from './alert.ts'
import type { Links } from './links.ts'
import { toPrometheusDuration } from './prometheus-duration.ts'
import { annotationsOf, GENERATED_HERE } from './render-rules.ts'

/** The unit tests of the rules file, for `promtool test rules`: one test per example. */
export function renderRuleTests(alerts: readonly Alert[], links: Links, rulesFile: string): string {
  const tests = alerts.flatMap((alert) => alert.examples.map((example) => testOf(alert, example, links)))
  return (
    GENERATED_HERE +
    stringify({ rule_files: [rulesFile], evaluation_interval: '5s', tests }, { lineWidth: 0 })
  )
}

function testOf(alert: Alert, { claim, series, every, at, fires }: Example, links: Links) {
  return {
    name: `${alert.name}: ${claim}`,
    interval: toPrometheusDuration(every),
    input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
    alert_rule_test: [
      {
        eval_time: toPrometheusDuration(at),
        alertname: alert.name,
        exp_alerts: fires ? [expected(alert, fires, links)] : [],
      },
    ],
  }
}

function expected(alert: Alert, firing: Firing, links: Links) {
  const annotations = Object.entries(annotationsOf(alert, links)).map(([name, text]) => [
    name,
    expandTemplate(text, firing),
  ])
  return {
    exp_labels: { severity: alert.severity, ...firing.labels },
    exp_annotations: Object.fromEntries(annotations),
  }
}

/** What Prometheus makes of a sentence's `{{ $labels.x }}` and `{{ $value … }}`; throws where the example does not say. */
export function expandTemplate(text: string, { labels, value }: Firing): string {
  return text.replace(/\{\{\s*(.*?)\s*\}\}/g, (_, action: string) => {
    const label = /^\$labels\.(\w+)$/.exec(action)?.[1]
    const said = label === undefined ? value : labels[label]
    if (said === undefined) throw new RangeError(`the example does not say what {{ ${action} }} becomes`)
    return said
  })
}
