import type { Redis } from 'ioredis'
import type { Alternative, BenchContext, Contender } from './bench.ts'

/**
 * Lets every contender run once per round, one after the other, each on an empty Redis. A round before the
 * first warms everybody up and is not counted.
 */
export async function runRounds(
  redis: Redis,
  contenders: readonly Contender[],
  rounds: number,
  { signal, tell }: BenchContext,
): Promise<readonly Alternative[]> {
  const rates = new Map<string, number[]>(contenders.map(({ name }) => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      signal.throwIfAborted()
      await redis.flushall()
      const rate = await contender.round(redis)
      if (round === 0) continue
      rates.get(contender.name)?.push(rate)
      tell(`round ${round} of ${rounds}: ${contender.name} ${Math.round(rate).toLocaleString('en')}/s`)
    }
  }
  await redis.flushall()
  return [...rates].map(([name, measured]) => ({ name, rates: measured, maxRss: null }))
}
