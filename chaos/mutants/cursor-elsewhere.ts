import { CURSOR } from './bench.ts'
import { takeOver } from './consume.ts'
import { defineMutant } from './mutant.ts'
import { produce } from './produce.ts'

/** Ten events are appended; the power fails, and Redis comes back without the last five, as everysec allows. */
export default defineMutant({
  id: 'cursor-elsewhere',
  mistake: 'keep the cursor in the database, where it is safe',
  costs: 'lost',
  events: 20,
  async broken(bench) {
    await produce(bench, bench.events.slice(0, 5))
    const cursor = 10
    await produce(
      bench,
      bench.events.filter(({ seq }) => seq > cursor),
    )
    await takeOver(bench, 'indexer-1')
  },
  async sound(bench) {
    await produce(bench, bench.events.slice(0, 5))
    const cursor = Number(await bench.redis.get(CURSOR))
    await produce(
      bench,
      bench.events.filter(({ seq }) => seq > cursor),
    )
    await takeOver(bench, 'indexer-1')
  },
})
