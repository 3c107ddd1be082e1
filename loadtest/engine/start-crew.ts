import type { Duration } from '#kernel/time/duration.ts'
import type { ConsumerEnd, ConsumerPlan } from './consumer-plan.ts'
import type { Layout } from './layout.ts'
import { type LoadWorker, startWorker, type WorkerEnd } from './load-worker.ts'
import type { ProducerEnd, ProducerPlan } from './producer-plan.ts'
import { settledWithin } from './settled-within.ts'

/** The threads of a run: one per producer, and one for the consumers of each group. */
export interface Crew extends AsyncDisposable {
  /** Sent so far, of all producers, as they last said. */
  readonly attempted: number
  /** Lets everybody begin but the groups that wait for the end of the load. */
  begin(startAt: number): void
  /** Lets the groups begin that have waited. */
  beginLate(startAt: number): void
  stopProducers(): void
  /** Resolves when every producer has ended; rejects as soon as anybody fails. */
  produced(): Promise<readonly WorkerEnd<ProducerEnd>[]>
  /** Tells the consumers to finish what they hold, and hears how it went; a group that never began is left out. */
  consumed(within: Duration): Promise<readonly WorkerEnd<ConsumerEnd>[]>
  /** Throws what has ended somebody before his time. */
  throwIfFailed(): Promise<void>
}

const PRODUCER = new URL('./producer.worker.ts', import.meta.url)
const CONSUMER = new URL('./consumer.worker.ts', import.meta.url)

/** Starts every thread and waits until all are ready. Rejects with the signal's reason when it aborts before. */
export async function startCrew(layout: Layout, signal: AbortSignal): Promise<Crew> {
  await using threads = new AsyncDisposableStack()
  const producers = layout.producers.map((plan) =>
    threads.use(startWorker<ProducerPlan, ProducerEnd>(PRODUCER, plan)),
  )
  const groups = layout.consumers.map((plan) => ({
    worker: threads.use(startWorker<ConsumerPlan, ConsumerEnd>(CONSUMER, plan)),
    late: plan.group.begins === 'after-load',
    begun: false,
  }))
  const everybody: readonly LoadWorker<unknown>[] = [...producers, ...groups.map(({ worker }) => worker)]
  await Promise.all(everybody.map(({ ready }) => ready))
  signal.throwIfAborted()
  const failure = Promise.all(groups.map(({ worker }) => worker.ended)).then(
    () => new Promise<never>(() => {}),
  )
  const owned = threads.move()

  const beginGroups = (late: boolean, startAt: number) => {
    for (const group of groups.filter((one) => one.late === late)) {
      group.worker.begin(startAt)
      group.begun = true
    }
  }
  return {
    get attempted() {
      return producers.reduce((sum, { progress }) => sum + progress.attempted, 0)
    },
    begin(startAt) {
      for (const producer of producers) producer.begin(startAt)
      beginGroups(false, startAt)
    },
    beginLate: (startAt) => beginGroups(true, startAt),
    stopProducers() {
      for (const producer of producers) producer.stop()
    },
    produced: () => Promise.race([Promise.all(producers.map(({ ended }) => ended)), failure]),
    async consumed(within) {
      const begun = groups.filter((group) => group.begun)
      for (const { worker } of begun) worker.stop()
      const ends = Promise.all(begun.map(({ worker }) => worker.ended))
      if (!(await settledWithin(ends, within))) throw new Error('the consumers did not stop when told to')
      return ends
    },
    async throwIfFailed() {
      await Promise.race([failure, Promise.resolve()])
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  }
}
