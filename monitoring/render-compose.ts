import { stringify } from 'yaml'

const RESTART = 'unless-stopped'
/** noeviction, because one eviction would delete the whole stream; no snapshots, because the file is enough. */
const REDIS = [
  'redis-server --maxmemory ${STANDPIPE_MAXMEMORY:-2gb} --maxmemory-policy noeviction',
  '--appendonly yes --appendfsync everysec --aof-timestamp-enabled yes',
  '--save "" --latency-monitor-threshold 100',
].join(' ')

const readOnly = (from: string, to: string) => `${from}:${to}:ro`

/**
 * The whole stack on one host, for Docker Compose. Only Grafana, Prometheus, Alertmanager and Redis are
 * reachable from outside the containers, and only from loopback. Redis is configured for a buffer that must
 * not lose data: no eviction, append-only file, a volume.
 */
export function renderCompose(): string {
  return stringify(
    {
      name: 'standpipe',
      services: {
        redis: {
          image: 'redis:7.4',
          restart: RESTART,
          command: REDIS,
          volumes: ['redis:/data'],
          ports: ['127.0.0.1:6379:6379'],
        },
        'redis-exporter': {
          image: 'oliver006/redis_exporter:v1.66.0',
          restart: RESTART,
          command: [
            '-redis.addr=redis://redis:6379',
            '-check-single-streams=${STANDPIPE_STREAM:-firehose_live}',
          ],
          depends_on: ['redis'],
        },
        'standpipe-exporter': {
          image: 'node:24-bookworm-slim',
          restart: RESTART,
          working_dir: '/standpipe',
          command: ['node', 'cli.ts', 'exporter'],
          environment: {
            STANDPIPE_REDIS_URL: 'redis://redis:6379',
            STANDPIPE_STREAM: '${STANDPIPE_STREAM:-firehose_live}',
            STANDPIPE_METRICS_HOST: '0.0.0.0',
            STANDPIPE_METRICS_PORT: '9122',
          },
          volumes: [readOnly('../..', '/standpipe')],
          depends_on: ['redis'],
        },
        prometheus: {
          image: 'prom/prometheus:v2.55.1',
          restart: RESTART,
          command: ['--config.file=/etc/prometheus/prometheus.yaml', '--storage.tsdb.retention.time=15d'],
          volumes: [
            readOnly('./prometheus.yaml', '/etc/prometheus/prometheus.yaml'),
            readOnly('../../alerts/generated/standpipe.rules.yaml', '/etc/prometheus/standpipe.rules.yaml'),
            'prometheus:/prometheus',
          ],
          ports: ['127.0.0.1:9090:9090'],
        },
        alertmanager: {
          image: 'prom/alertmanager:v0.27.0',
          restart: RESTART,
          command: ['--config.file=/etc/alertmanager/generated/alertmanager.yaml'],
          volumes: [readOnly('../../alerts', '/etc/alertmanager')],
          secrets: ['slack-webhook-url'],
          ports: ['127.0.0.1:9093:9093'],
        },
        grafana: {
          image: 'grafana/grafana:11.3.0',
          restart: RESTART,
          volumes: [
            readOnly('./grafana/datasources.yaml', '/etc/grafana/provisioning/datasources/standpipe.yaml'),
            readOnly('./grafana/dashboards.yaml', '/etc/grafana/provisioning/dashboards/standpipe.yaml'),
            readOnly('./dashboards', '/var/lib/grafana/dashboards'),
            'grafana:/var/lib/grafana',
          ],
          ports: ['127.0.0.1:3000:3000'],
        },
      },
      secrets: { 'slack-webhook-url': { file: '${SLACK_WEBHOOK_URL_FILE:-./slack-webhook-url}' } },
      volumes: { redis: {}, prometheus: {}, grafana: {} },
    },
    { lineWidth: 0 },
  )
}
