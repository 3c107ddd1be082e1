import { type Bench, CURSOR } from './bench.ts'
import { takeOver } from './consume.ts'
import { defineMutant } from './mutant.ts'
import { produce } from './produce.ts'

/** The ingester dies in the middle of its second batch, and its successor resumes at the stored cursor. */
export default defineMutant({
  id: 'cursor-before-data',
  mistake: 'save the cursor first, so that no event is ever appended twice',
  costs: 'lost',
  events: 20,
  async broken(bench) {
    await produce(bench, bench.events.slice(0, 10))
    await bench.redis.set(CURSOR, '15')
    await resume(bench)
  },
  async sound(bench) {
    await produce(bench, bench.events.slice(0, 10))
    await resume(bench)
  },
})

async function resume(bench: Bench): Promise<void> {
  const cursor = Number(await bench.redis.get(CURSOR))
  await produce(
    bench,
    bench.events.filter(({ seq }) => seq > cursor),
  )
  await takeOver(bench, 'indexer-1')
}
