import type { Bench, Delivered } from './bench.ts'
import { commit, read, takeOver } from './consume.ts'
import { defineMutant } from './mutant.ts'
import { produce } from './produce.ts'

/** A consumer commits its batch and dies before it can acknowledge, so everything is delivered again. */
export default defineMutant({
  id: 'no-rev-guard',
  mistake: 'write whatever is delivered, since a consumer group delivers once',
  costs: 'duplicateEffects',
  events: 10,
  async broken(bench) {
    await produce(bench, bench.events)
    commitBlindly(bench, await read(bench, 'indexer-1', '>'))
    commitBlindly(bench, await read(bench, 'indexer-1', '0'))
  },
  async sound(bench) {
    await produce(bench, bench.events)
    commit(bench, await read(bench, 'indexer-1', '>'))
    await takeOver(bench, 'indexer-2')
  },
})

function commitBlindly({ effects }: Bench, delivered: readonly Delivered[]): void {
  for (const { id, event } of delivered) effects.push({ ...event, entryId: id, applied: true })
}
