import type { Redis } from 'ioredis'
import type { MetricsSource } from '#kernel/http/serve.ts'
import type { Log } from '#kernel/log/log.ts'
import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, seconds } from '#kernel/time/duration.ts'
import { type Gathered, gatherSnapshot } from './gather-snapshot.ts'
import { redisSamples } from './redis-samples.ts'
import { renderSamples } from './render-samples.ts'
import { type Sample, sample } from './sample.ts'
import { streamSamples } from './stream-samples.ts'

export interface ExporterOptions {
  readonly redisUrl: string
  readonly streams: readonly string[]
  readonly log: Log
  /** How long Redis may take to answer, in milliseconds; shorter than the scrape's time-out, so that a hang is reported. */
  readonly patience?: Duration
}

/** A snapshot per scrape, rendered. It answers whatever Redis does: down, hanging or forbidding. */
export function createExporter({
  redisUrl,
  streams,
  log,
  patience = seconds(2),
}: ExporterOptions): MetricsSource & Disposable {
  let client: Redis | null = null
  let running: Promise<Sample[]> | null = null
  let errors = 0
  let told = ''

  function tell(problem: string): void {
    if (problem) errors += 1
    if (problem !== told) log[problem ? 'warn' : 'info'](problem || 'redis answers')
    told = problem
  }

  function disconnect(): void {
    client?.disconnect()
    client = null
  }

  async function gather(): Promise<Gathered> {
    client ??= await connectRedis(redisUrl, { name: 'standpipe-exporter', within: patience })
    return within(patience, gatherSnapshot(client, streams))
  }

  async function collect(): Promise<Sample[]> {
    const started = performance.now()
    const samples = await gather().then(
      ({ snapshot, problems }) => {
        tell(problems.join('; '))
        return [...redisSamples(snapshot.info), ...snapshot.streams.flatMap(streamSamples)]
      },
      (error: Error) => {
        tell(error.message)
        disconnect()
        return sample('redis_up', {}, 0)
      },
    )
    return [
      ...samples,
      ...sample('standpipe_scrape_duration_seconds', {}, (performance.now() - started) / 1_000),
      ...sample('standpipe_scrape_errors_total', {}, errors),
    ]
  }

  return {
    contentType: 'text/plain; version=0.0.4; charset=utf-8',
    async metrics() {
      running ??= collect().finally(() => {
        running = null
      })
      return renderSamples(await running)
    },
    [Symbol.dispose]: disconnect,
  }
}

async function within<T>(patience: Duration, work: Promise<T>): Promise<T> {
  const done = new AbortController()
  const late = systemClock.sleep(patience, done.signal).then(() => {
    throw new Error(`redis did not answer within ${patience} ms`)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    done.abort()
    work.catch(() => {})
    late.catch(() => {})
  }
}
