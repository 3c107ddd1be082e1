import type { Bench } from './bench.ts'
import { acknowledge, commit, read, takeOver } from './consume.ts'
import { defineMutant } from './mutant.ts'
import { produce } from './produce.ts'

/** The consumer dies after its fourth entry of ten; another one takes over what Redis says is pending. */
export default defineMutant({
  id: 'ack-before-commit',
  mistake: 'acknowledge the batch as soon as it is read, so that nothing is delivered twice',
  costs: 'lost',
  events: 10,
  async broken(bench) {
    const batch = await delivery(bench)
    await acknowledge(bench, batch)
    commit(bench, batch.slice(0, 4))
    await takeOver(bench, 'indexer-2')
  },
  async sound(bench) {
    const batch = await delivery(bench)
    commit(bench, batch.slice(0, 4))
    await acknowledge(bench, batch.slice(0, 4))
    await takeOver(bench, 'indexer-2')
  },
})

async function delivery(bench: Bench) {
  await produce(bench, bench.events)
  return read(bench, 'indexer-1', '>')
}
