import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { DependencyError } from '#kernel/errors.ts'
import type { SelfSample } from './self-watch.ts'
import type { Order, Word } from './worker-message.ts'

export interface WorkerEnd<End> {
  readonly end: End
  readonly self: SelfSample
}

/** A thread of ours with one job; it ends when it is disposed of. */
export interface LoadWorker<End> extends AsyncDisposable {
  /** Resolves when it only waits for `begin`. */
  readonly ready: Promise<void>
  /** Rejects when the thread fails: with `DependencyError` where the reason is one that an operator can mend. */
  readonly ended: Promise<WorkerEnd<End>>
  /** As it last said. */
  readonly progress: { readonly attempted: number; readonly acknowledged: number }
  begin(startAt: number): void
  /** Asks it to finish; `ended` says when it has. */
  stop(): void
}

export function startWorker<Plan, End>(file: URL, plan: Plan): LoadWorker<End> {
  const thread = new Worker(file, { workerData: plan })
  const ready = Promise.withResolvers<void>()
  const ended = Promise.withResolvers<WorkerEnd<End>>()
  let progress = { attempted: 0, acknowledged: 0 }
  const fail = (error: Error) => {
    ready.reject(error)
    ended.reject(error)
  }
  const hear = (word: Word<End>) => {
    switch (word.kind) {
      case 'ready':
        return ready.resolve()
      case 'progress':
        progress = word
        return undefined
      case 'ended':
        return ended.resolve(word)
      case 'failed':
        return fail(word.foreseen ? new DependencyError(word.message) : new Error(word.message))
    }
  }
  thread.on('message', hear)
  thread.on('error', fail)
  thread.on('exit', () => fail(new Error('a thread of the load generator ended without a word')))
  // Whoever waits for one of them hears of the failure; the other must not count as unheard.
  ready.promise.catch(() => {})
  ended.promise.catch(() => {})
  const order = (one: Order) => thread.postMessage(one)
  return {
    ready: ready.promise,
    ended: ended.promise,
    get progress() {
      return progress
    },
    begin: (startAt) => order({ kind: 'begin', startAt }),
    stop: () => order({ kind: 'stop' }),
    async [Symbol.asyncDispose]() {
      if (thread.threadId < 0) return
      const gone = once(thread, 'exit')
      await thread.terminate()
      await gone.catch(() => {})
    },
  }
}
