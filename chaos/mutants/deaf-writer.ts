import { type Bench, CURSOR } from './bench.ts'
import { takeOver } from './consume.ts'
import { defineMutant } from './mutant.ts'
import { produce } from './produce.ts'

/** Events that the relay of this scene can repeat. */
const WINDOW = 5

/** The part that writes dies after ten events; the part that reads the relay does not hear of it. */
export default defineMutant({
  id: 'deaf-writer',
  mistake:
    'let the reader of the socket go on when the writer has ended; the next connection resumes at the cursor anyway',
  costs: 'lost',
  events: 20,
  async broken(bench) {
    await produce(bench, bench.events.slice(0, 10))
    await reconnect(bench, 20)
  },
  async sound(bench) {
    await produce(bench, bench.events.slice(0, 10))
    await reconnect(bench, 12)
  },
})

/** The connection ends when the relay has come to `newest`; what follows the cursor is sent again as far as it is kept. */
async function reconnect(bench: Bench, newest: number): Promise<void> {
  const cursor = Number(await bench.redis.get(CURSOR))
  await produce(
    bench,
    bench.events.filter(({ seq }) => seq > cursor && seq > newest - WINDOW),
  )
  await takeOver(bench, 'indexer-1')
}
