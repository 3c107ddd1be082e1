import { type Bench, CURSOR } from './bench.ts'
import { takeOver } from './consume.ts'
import { defineMutant } from './mutant.ts'
import { produce } from './produce.ts'

const OPS = 3

/** A batch ends in the middle of a commit; the ingester dies behind it, and its successor resumes at the cursor. */
export default defineMutant({
  id: 'split-commit',
  mistake: 'cut batches by the number of entries, and store the highest sequence in each as the cursor',
  costs: 'lost',
  events: 12,
  opsPerCommit: OPS,
  async broken(bench) {
    await produce(bench, bench.events.slice(0, 2 * OPS - 1))
    await resume(bench)
  },
  async sound(bench) {
    await produce(bench, bench.events.slice(0, 2 * OPS))
    await resume(bench)
  },
})

async function resume(bench: Bench): Promise<void> {
  const cursor = Number(await bench.redis.get(CURSOR))
  const rest = bench.events.filter(({ seq }) => seq > cursor)
  await produce(bench, rest)
  await takeOver(bench, 'indexer-1')
}
