import { type Bench, STREAM } from './bench.ts'
import { takeOver } from './consume.ts'
import { defineMutant } from './mutant.ts'
import { produce } from './produce.ts'

const HIGH_WATER = 10
const BATCH = 5

/** The consumers come back only after the stream has stood at its high-water mark for a while. */
export default defineMutant({
  id: 'drop-on-high-water',
  mistake: 'skip what does not fit, so that the ingester keeps up with the relay',
  costs: 'lost',
  events: 25,
  async broken(bench) {
    for (const batch of batchesOf(bench)) if (await hasRoom(bench)) await produce(bench, batch)
    await takeOver(bench, 'indexer-1')
    // The relay is asked for what follows the last event that came, not the last that was stored.
    await produce(bench, bench.events.slice(-BATCH))
    await takeOver(bench, 'indexer-1')
  },
  async sound(bench) {
    for (const batch of batchesOf(bench)) {
      if (!(await hasRoom(bench))) await drain(bench)
      await produce(bench, batch)
    }
    await takeOver(bench, 'indexer-1')
  },
})

const hasRoom = async ({ redis }: Bench) => (await redis.xlen(STREAM)) < HIGH_WATER

/** What a sound producer waits for: consumers acknowledge, and what nobody needs is trimmed. */
async function drain(bench: Bench): Promise<void> {
  await takeOver(bench, 'indexer-1')
  await bench.redis.xtrim(STREAM, 'MAXLEN', 0)
}

function* batchesOf({ events }: Bench) {
  for (let at = 0; at < events.length; at += BATCH) yield events.slice(at, at + BATCH)
}
