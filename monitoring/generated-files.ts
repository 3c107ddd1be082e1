import { stringify } from 'yaml'
import type { GeneratedFile } from '#kernel/catalogue/generated-file.ts'
import { BUFFER } from './dashboards/buffer.ts'
import type { Dashboard } from './dashboards/dashboard.ts'
import { toGrafana } from './dashboards/to-grafana.ts'
import { renderCompose } from './render-compose.ts'
import { renderPrometheus } from './render-prometheus.ts'

/** Every dashboard that we ship. */
export const DASHBOARDS: readonly Dashboard[] = [BUFFER]

const GENERATED_HERE = '# Written by `standpipe alerts build --write` from monitoring/; edits are lost.\n'

/** The stack as files: compose, Prometheus' configuration, and what Grafana is provisioned with. */
export function monitoringFiles(): GeneratedFile[] {
  return [
    { path: 'monitoring/generated/compose.yaml', text: GENERATED_HERE + renderCompose() },
    { path: 'monitoring/generated/prometheus.yaml', text: GENERATED_HERE + stackPrometheus() },
    { path: 'monitoring/generated/grafana/datasources.yaml', text: GENERATED_HERE + datasources() },
    { path: 'monitoring/generated/grafana/dashboards.yaml', text: GENERATED_HERE + dashboardFolder() },
    ...DASHBOARDS.map((dashboard) => ({
      path: `monitoring/generated/dashboards/${dashboard.uid}.json`,
      text: `${JSON.stringify(toGrafana(dashboard), null, 2)}\n`,
    })),
  ]
}

/** Both exporters speak of the one Redis `buffer`; the names are those of the compose file. */
function stackPrometheus(): string {
  return renderPrometheus({
    interval: '10s',
    timeout: '5s',
    rules: ['standpipe.rules.yaml'],
    alertmanager: 'alertmanager:9093',
    targets: [
      { job: 'redis-exporter', address: 'redis-exporter:9121', instance: 'buffer' },
      { job: 'standpipe-exporter', address: 'standpipe-exporter:9122', instance: 'buffer' },
      { job: 'alertmanager', address: 'alertmanager:9093' },
      { job: 'prometheus', address: '127.0.0.1:9090' },
    ],
  })
}

function datasources(): string {
  return stringify({
    apiVersion: 1,
    datasources: [
      {
        name: 'Prometheus',
        uid: 'prometheus',
        type: 'prometheus',
        url: 'http://prometheus:9090',
        isDefault: true,
      },
    ],
  })
}

function dashboardFolder(): string {
  return stringify({
    apiVersion: 1,
    providers: [{ name: 'standpipe', type: 'file', options: { path: '/var/lib/grafana/dashboards' } }],
  })
}
