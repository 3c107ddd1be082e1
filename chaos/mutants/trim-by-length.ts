import { EVENT_FIELD } from '#pipeline/contract.ts'
import { CURSOR, STREAM } from './bench.ts'
import { takeOver } from './consume.ts'
import { defineMutant } from './mutant.ts'
import { entryText, produce } from './produce.ts'

/** The consumers stand still while twice as much comes in as the producer keeps. */
export default defineMutant({
  id: 'trim-by-length',
  mistake: 'cap the stream with MAXLEN, so that memory is bounded',
  costs: 'lost',
  events: 20,
  async broken(bench) {
    const transaction = bench.redis.multi()
    for (const event of bench.events) {
      transaction.xadd(STREAM, 'MAXLEN', 10, '*', EVENT_FIELD, entryText(event))
    }
    await transaction.set(CURSOR, '20').exec()
    await takeOver(bench, 'indexer-1')
  },
  async sound(bench) {
    await produce(bench, bench.events)
    await takeOver(bench, 'indexer-1')
  },
})
