import { connectRedis } from '#kernel/redis/connect-redis.ts'
import { systemClock } from '#kernel/time/clock.ts'
import { type Duration, milliseconds } from '#kernel/time/duration.ts'
import type { FlowSample } from './flow-sample.ts'
import { type FlowPlace, readFlow } from './read-flow.ts'

/** Somebody who keeps looking at the flow until disposed of. */
export interface FlowObserver extends AsyncDisposable {
  /** Every look so far, oldest first. */
  readonly samples: readonly FlowSample[]
  /** Seconds since the observation began. */
  readonly now: () => number
  /** Looks at once. */
  look(): Promise<FlowSample>
  /** The first coming sample of which `seen` is true, or `null` when there was none in time. */
  until(
    seen: (sample: FlowSample) => boolean,
    within: Duration,
    signal: AbortSignal,
  ): Promise<FlowSample | null>
}

/** Looks four times a second, on a connection of its own that outlives a restart of Redis. */
export async function observeFlow(
  redisUrl: string,
  place: FlowPlace,
  every: Duration = milliseconds(250),
): Promise<FlowObserver> {
  const redis = await connectRedis(redisUrl, { name: 'standpipe-observer' })
  const samples: FlowSample[] = []
  const began = performance.now()
  const ended = new AbortController()
  const now = () => (performance.now() - began) / 1_000

  const look = async () => {
    const at = now()
    const sample = { at, ...(await readFlow(redis, place)) }
    samples.push(sample)
    return sample
  }
  const watching = (async () => {
    while (!ended.signal.aborted) {
      await look()
      await systemClock.sleep(every, ended.signal).catch(() => {})
    }
  })()
  watching.catch(() => {})

  return {
    samples,
    now,
    look,
    async until(seen, within, signal) {
      const deadline = now() + within / 1_000
      let from = samples.length
      for (;;) {
        signal.throwIfAborted()
        const found = samples.slice(from).find(seen)
        if (found) return found
        from = samples.length
        if (now() >= deadline) return null
        await Promise.race([watching, systemClock.sleep(every, signal)])
      }
    },
    async [Symbol.asyncDispose]() {
      ended.abort()
      await watching.catch(() => {})
      redis.disconnect()
    },
  }
}
