import { takeOver } from './consume.ts'
import { defineMutant } from './mutant.ts'
import { produce } from './produce.ts'

const OPS = 3

/** The second commit has one more op than is told here, and nobody can decode the block of that one. */
const DAMAGED = 2

/** The relay never sends it in another way, so what is passed over now is passed over for good. */
export default defineMutant({
  id: 'skip-bad-commit',
  mistake: 'log a commit that does not decode and go on with the next, so that one bad block stops nobody',
  costs: 'lost',
  events: 12,
  opsPerCommit: OPS,
  async broken(bench) {
    const whole = bench.events.filter(({ seq }) => seq !== DAMAGED)
    await produce(bench, whole)
    await takeOver(bench, 'indexer-1')
  },
  async sound(bench) {
    await produce(bench, bench.events)
    await takeOver(bench, 'indexer-1')
  },
})
