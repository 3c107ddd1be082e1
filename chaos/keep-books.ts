import { serve } from '#kernel/http/serve.ts'
import type { Log } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import type { ScrapeTarget } from '#monitoring/scrape-target.ts'
import { ledgerMeter } from '#pipeline/accounting/ledger-meter.ts'
import { watchLedger } from '#pipeline/accounting/watch-ledger.ts'

/** Keeps the books of a stream in this process, as `standpipe ledger --watch` does, and says where its metrics are. */
export async function keepBooks(
  redisUrl: string,
  stream: string,
  log: Log,
): Promise<ScrapeTarget & AsyncDisposable> {
  await using opening = new AsyncDisposableStack()
  const redis = opening.adopt(await connectRedis(redisUrl, { name: 'standpipe-ledger' }), (client) =>
    client.disconnect(),
  )
  const meter = ledgerMeter([stream])
  const served = opening.use(await serve({ port: 0, registry: meter.registry, probes: [] }))
  const over = new AbortController()
  const keeping = watchLedger({ redis, streams: [stream], meter, log, onLook: () => {} }, over.signal)
  opening.defer(async () => {
    over.abort()
    await keeping
  })
  const open = opening.move()
  return {
    job: 'standpipe-pipeline',
    instance: 'ledger',
    address: new URL(served.url).host,
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  }
}
