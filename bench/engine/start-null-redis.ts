import { once } from 'node:events'
import { Worker } from 'node:worker_threads'

/** Starts a Redis that stores nothing, in a thread; gone when disposed of. */
export async function startNullRedis(): Promise<{ readonly url: string } & AsyncDisposable> {
  const thread = new Worker(new URL('./null-redis.worker.ts', import.meta.url))
  const [port] = (await once(thread, 'message')) as [number]
  return {
    url: `redis://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      await thread.terminate()
    },
  }
}
