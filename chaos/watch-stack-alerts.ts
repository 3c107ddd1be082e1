import { RULES_FILE } from '#alerts/generated-files.ts'
import { createLog } from '#kernel/log/log.ts'
import type { Stack } from '#loadtest/stack/stack.ts'
import { watchAlerts } from '#monitoring/watch-alerts.ts'
import type { AlertWatch, NoAlertWatch } from './alert-watch.ts'
import { keepBooks } from './keep-books.ts'

/** The alerts of a stack as a real Prometheus sees them, where there is one: of Redis, the pipeline and its books. */
export async function watchStackAlerts({
  redis,
  stream,
  metrics,
}: Stack): Promise<AlertWatch | NoAlertWatch> {
  const log = createLog({ name: 'drill', level: 'silent' })
  await using opening = new AsyncDisposableStack()
  const books = opening.use(await keepBooks(redis.url, stream, log))
  const processes = [...metrics].map(([instance, address]) => ({
    job: 'standpipe-pipeline',
    address,
    instance,
  }))
  const targets = [books, ...processes]
  const watch = await watchAlerts({
    redisUrl: redis.url,
    streams: [stream],
    targets,
    rules: RULES_FILE,
    log,
  })
  if ('missing' in watch) return watch
  opening.use(watch)
  const open = opening.move()
  return { firing: () => watch.firing(), [Symbol.asyncDispose]: () => open.disposeAsync() }
}
