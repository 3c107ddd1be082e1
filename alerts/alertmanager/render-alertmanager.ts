import { stringify } from 'yaml'
import type { Severity } from '#alerts/alert.ts'
import { GENERATED_HERE } from '#alerts/render-rules.ts'

export interface AlertmanagerOptions {
  /** File that holds the Slack webhook URL; the URL is a secret and never part of the configuration. */
  readonly webhookFile: string
  /** The Slack templates, as seen from the folder of the configuration file. */
  readonly templates: string
}

/** How urgently Slack hears of each severity. */
const ROUTES: Readonly<Record<Severity, { channel: string; groupWait: string; repeat: string }>> = {
  critical: { channel: '#standpipe-critical', groupWait: '0s', repeat: '15m' },
  warning: { channel: '#standpipe-warning', groupWait: '30s', repeat: '4h' },
}

/**
 * Alertmanager's configuration: one Slack channel per severity, and silence for everything that is only a
 * consequence of a Redis that is down. What has no known severity goes to the critical channel.
 */
export function renderAlertmanager({ webhookFile, templates }: AlertmanagerOptions): string {
  const severities = Object.keys(ROUTES) as Severity[]
  const configuration = {
    templates: [templates],
    route: {
      receiver: 'slack-critical',
      group_by: ['alertname', 'instance', 'stream', 'group'],
      group_wait: '10s',
      group_interval: '1m',
      repeat_interval: '1h',
      routes: severities.map((severity) => ({
        receiver: `slack-${severity}`,
        matchers: [`severity="${severity}"`],
        group_wait: ROUTES[severity].groupWait,
        repeat_interval: ROUTES[severity].repeat,
      })),
    },
    inhibit_rules: [
      {
        source_matchers: ['alertname="RedisDown"'],
        target_matchers: ['alertname!="RedisDown"'],
        equal: ['instance'],
      },
    ],
    receivers: severities.map((severity) => ({
      name: `slack-${severity}`,
      slack_configs: [
        {
          api_url_file: webhookFile,
          channel: ROUTES[severity].channel,
          send_resolved: true,
          color: '{{ template "standpipe.color" . }}',
          title: '{{ template "standpipe.title" . }}',
          title_link: '{{ template "standpipe.runbook" . }}',
          text: '{{ template "standpipe.text" . }}',
          fallback: '{{ template "standpipe.title" . }}',
        },
      ],
    })),
  }
  return GENERATED_HERE + stringify(configuration, { lineWidth: 0 })
}
