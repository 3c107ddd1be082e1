import { expect, test } from 'vitest'
import { createLog } from '#kernel/log/log.ts'
import { startPrivateRedis } from '#kernel/redis/private-redis.ts'
import { createExporter } from './exporter.ts'

const log = createLog({ name: 'test', level: 'silent' })

test('a Redis that is down or hangs is reported, and one that comes back too', async () => {
  await using server = await startPrivateRedis()
  using exporter = createExporter({ redisUrl: server.url, streams: ['events'], log })
  expect(await exporter.metrics()).toMatch(/^redis_up 1$/m)

  await server.kill('SIGKILL')
  const down = await exporter.metrics()
  expect(down).toMatch(/^redis_up 0$/m)
  expect(down).toMatch(/^standpipe_scrape_errors_total 1$/m)
  expect(down).not.toContain('standpipe_redis_memory_used_bytes')

  await server.start()
  expect(await exporter.metrics()).toMatch(/^redis_up 1$/m)

  process.kill(server.pid ?? 0, 'SIGSTOP')
  const started = Date.now()
  const hanging = await Promise.all([exporter.metrics(), exporter.metrics()])
  process.kill(server.pid ?? 0, 'SIGCONT')
  expect(hanging.every((text) => /^redis_up 0$/m.test(text))).toBe(true)
  expect(Date.now() - started).toBeLessThan(4_000)
  expect(await exporter.metrics()).toMatch(/^redis_up 1$/m)
})

test('an exporter that never reached Redis still answers', async () => {
  using exporter = createExporter({ redisUrl: 'redis://127.0.0.1:1', streams: ['events'], log })
  expect(await exporter.metrics()).toMatch(/^redis_up 0$/m)
})

test('a name with quotes and newlines stays one label', async () => {
  await using server = await startPrivateRedis()
  using exporter = createExporter({ redisUrl: server.url, streams: ['a"b\n'], log })
  expect(await exporter.metrics()).toContain('standpipe_stream_exists{stream="a\\"b\\n"} 0')
})
