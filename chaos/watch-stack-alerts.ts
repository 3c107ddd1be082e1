import { RULES_FILE } from '#alerts/generated-files.ts'
import { createLog } from '#kernel/log/log.ts'
import type { Stack } from '#loadtest/stack/stack.ts'
import { watchAlerts } from '#monitoring/watch-alerts.ts'
import type { AlertWatch, NoAlertWatch } from './alert-watch.ts'

/** The alerts of a stack as a real Prometheus sees them, where there is one. */
export function watchStackAlerts({ redis, stream, metrics }: Stack): Promise<AlertWatch | NoAlertWatch> {
  const log = createLog({ name: 'drill', level: 'silent' })
  const targets = [...metrics].map(([instance, address]) => ({
    job: 'standpipe-pipeline',
    address,
    instance,
  }))
  return watchAlerts({ redisUrl: redis.url, streams: [stream], targets, rules: RULES_FILE, log })
}
