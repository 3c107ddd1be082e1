import type { Alternative, BenchContext } from './bench.ts'

/** A way to do the work that needs nothing but this process. Returns the rate of one round. */
export interface Worker {
  readonly name: string
  readonly round: () => number | Promise<number>
}

/** Lets every worker run once per round, one after the other. */
export async function inTurns(
  workers: readonly Worker[],
  rounds: number,
  context: BenchContext,
): Promise<readonly Alternative[]> {
  const rates = workers.map((): number[] => [])
  for (let round = 1; round <= rounds; round++) {
    for (const [index, worker] of workers.entries()) {
      context.signal.throwIfAborted()
      const rate = await worker.round()
      rates[index]?.push(rate)
      context.tell(`round ${round} of ${rounds}: ${worker.name} ${Math.round(rate).toLocaleString('en')}/s`)
    }
  }
  return workers.map(({ name }, index) => ({ name, rates: rates[index] ?? [], maxRss: null }))
}

/**
 * How many per second of processor time, when `work` does `count` of them: what one core does, also on a machine
 * that is busy with other things. Threads of the runtime (garbage, compiling) count as well.
 */
export async function ratePerSecond(count: number, work: () => void | Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (count * 1_000_000) / (user + system)
}
