import { acknowledge, claimAll, read, takeOver } from './consume.ts'
import { defineMutant } from './mutant.ts'
import { produce } from './produce.ts'

/** A consumer dies with ten entries in its hands; a recovery job makes the pending list look healthy again. */
export default defineMutant({
  id: 'claim-and-ack',
  mistake: 'claim what has been pending for long and acknowledge it, so that the alert stops',
  costs: 'lost',
  events: 10,
  async broken(bench) {
    await produce(bench, bench.events)
    await read(bench, 'indexer-1', '>')
    await claimAll(bench, 'recovery')
    await acknowledge(bench, await read(bench, 'recovery', '0'))
    await takeOver(bench, 'indexer-2')
  },
  async sound(bench) {
    await produce(bench, bench.events)
    await read(bench, 'indexer-1', '>')
    await takeOver(bench, 'indexer-2')
  },
})
