import { beforeEach, expect, test } from 'vitest'
import { RULES_FILE } from '#alerts/generated-files.ts'
import { createLog } from '#kernel/log/log.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { seconds } from '#kernel/time/duration.ts'
import { until } from '#kernel/time/until.ts'
import { watchAlerts } from '#monitoring/watch-alerts.ts'
import { missingTools } from '#test/support/require-tool.ts'

const missing = missingTools('prometheus')
beforeEach((context) => context.skip(missing !== null, missing ?? ''))

test('RedisDown fires when Redis is killed and resolves when it is back; before that nothing fires', async () => {
  await using server = await startPrivateRedis()
  const log = createLog({ name: 'test', level: 'silent' })
  const watcher = await watchAlerts({ redisUrl: server.url, streams: ['events'], rules: RULES_FILE, log })
  if ('missing' in watcher) throw new Error(watcher.missing)
  await using watched = watcher
  const fires = async () => (await watched.firing()).find(({ name }) => name === 'RedisDown')
  expect(await fires()).toBeUndefined()

  const killedAt = Date.now()
  await server.kill('SIGKILL')
  const { since } = await until(fires, { within: seconds(30), what: 'RedisDown', every: 250 })
  expect(since).toBeGreaterThanOrEqual(killedAt - 1_000)
  expect(Date.now() - since).toBeGreaterThanOrEqual(seconds(10))

  await server.start()
  await until(async () => !(await fires()), { within: seconds(15), what: 'end of RedisDown', every: 250 })
})
