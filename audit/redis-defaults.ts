import { compareVersions } from './compare-versions.ts'
import type { ServerProduct } from './to-product.ts'

/** The same from Redis 6.2 to 8.x: https://redis.io/docs/latest/operate/oss_and_stack/management/config/ */
const REDIS_DEFAULTS: Readonly<Record<string, string>> = {
  appendfsync: 'everysec',
  appendonly: 'no',
  'aof-timestamp-enabled': 'no',
  'auto-aof-rewrite-min-size': '64mb',
  'auto-aof-rewrite-percentage': '100',
  'latency-monitor-threshold': '0',
  maxmemory: '0',
  'maxmemory-policy': 'noeviction',
  'min-replicas-to-write': '0',
  'no-appendfsync-on-rewrite': 'no',
  'repl-backlog-size': '1mb',
  save: '3600 1 300 100 60 10000',
  'stop-writes-on-bgsave-error': 'yes',
  'stream-node-max-bytes': '4096',
  'stream-node-max-entries': '100',
  'tcp-keepalive': '300',
  timeout: '0',
}

/** What a server takes where its configuration says nothing, by redis.conf name. */
export function defaultsOf({ product, version }: ServerProduct): Readonly<Record<string, string>> {
  // https://github.com/valkey-io/valkey/blob/8.0.0/00-RELEASENOTES
  const raised = product === 'valkey' && compareVersions(version, '8.0.0') >= 0
  return raised ? { ...REDIS_DEFAULTS, 'repl-backlog-size': '10mb' } : REDIS_DEFAULTS
}
