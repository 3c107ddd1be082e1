import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { GeneratedFile } from '#kernel/catalogue/generated-file.ts'
import { renderAlertmanager } from './alertmanager/render-alertmanager.ts'
import type { Links } from './links.ts'
import { renderRuleTests } from './render-rule-tests.ts'
import { renderRules } from './render-rules.ts'
import { alerts } from './rules/index.ts'

const TEMPLATES = 'alerts/alertmanager/slack.tmpl'

/** The rules that a Prometheus of ours loads. */
export const RULES_FILE = join(import.meta.dirname, 'generated/standpipe.rules.yaml')

/** What Prometheus, promtool and Alertmanager are given, from the alerts as they are declared now. */
export function alertFiles(links: Links): GeneratedFile[] {
  return [
    { path: 'alerts/generated/standpipe.rules.yaml', text: renderRules(alerts, links) },
    {
      path: 'alerts/generated/standpipe.rules.test.yaml',
      text: renderRuleTests(alerts, links, 'standpipe.rules.yaml'),
    },
    {
      path: 'alerts/generated/alertmanager.yaml',
      text: renderAlertmanager({
        webhookFile: '/run/secrets/slack-webhook-url',
        templates: '../alertmanager/slack.tmpl',
      }),
    },
    { path: TEMPLATES, text: readFileSync(join(import.meta.dirname, '..', TEMPLATES), 'utf8') },
  ]
}
