import { parentPort, workerData } from 'node:worker_threads'
import { StandpipeError } from '#kernel/errors.ts'
import { type SelfWatch, watchSelf } from './self-watch.ts'
import type { Order, Word } from './worker-message.ts'

/** What the main thread has to say to whoever works here. */
export interface WorkerContext {
  /** Says that all is ready, and resolves with the moment at which slot 0 is due. */
  readonly begin: () => Promise<number>
  /** Aborts when it is time to finish. */
  readonly signal: AbortSignal
  readonly self: SelfWatch
  readonly onProgress: (attempted: number, acknowledged: number) => void
}

const PROGRESS_EVERY_MS = 200

/** Runs one job in this thread, with the plan that came with the thread, and reports how it ended. */
export async function runWorker<Plan, End>(
  nameOf: (plan: Plan) => string,
  work: (plan: Plan, context: WorkerContext) => Promise<End>,
): Promise<void> {
  const port = parentPort
  if (!port) throw new Error('this file is for a worker thread')
  const say = (word: Word<End>) => port.postMessage(word)
  const plan = workerData as Plan
  const stop = new AbortController()
  const begun = Promise.withResolvers<number>()
  using self = watchSelf(nameOf(plan))
  port.on('message', (order: Order) => {
    if (order.kind === 'begin') begun.resolve(order.startAt)
    else stop.abort(new Error('told to stop'))
  })
  let toldAt = 0
  try {
    const end = await work(plan, {
      begin() {
        say({ kind: 'ready' })
        return begun.promise
      },
      signal: stop.signal,
      self,
      onProgress(attempted, acknowledged) {
        if (performance.now() - toldAt < PROGRESS_EVERY_MS) return
        toldAt = performance.now()
        say({ kind: 'progress', attempted, acknowledged })
      },
    })
    say({ kind: 'ended', end, self: self.read() })
  } catch (error) {
    const foreseen = error instanceof StandpipeError
    const { message, stack = message } = error as Error
    say({ kind: 'failed', foreseen, message: foreseen ? message : stack })
  } finally {
    port.close()
  }
}
