import { entrySource } from '#loadtest/network/entries/entry-source.ts'
import type { Bench } from '../bench.ts'
import { inTurns, ratePerSecond, type Worker } from '../in-turns.ts'
import { median } from '../median.ts'
import { composedEachTime } from './composed-each-time.ts'

const ROUNDS = 7
const ENTRIES = 200_000
const BATCH = 500

/** How fast finished stream entries are made. */
export const entries: Bench = {
  name: 'entries',
  title: 'Make finished stream entries',

  async run(context) {
    const workers = [
      patched('patched templates'),
      laidOut('patched templates, laid out as bytes'),
      composed(),
    ]
    const alternatives = await inTurns(workers, ROUNDS, context)
    return {
      unit: 'entries/s',
      alternatives,
      targets: [
        {
          promises: 'entries made per second of processor time, as bytes',
          bound: 'at-least',
          limit: 500_000,
          measured: median(alternatives[1]?.rates ?? []),
        },
      ],
      method: [
        `${ROUNDS} rounds of ${ENTRIES} entries in batches of ${BATCH}; per second of processor time`,
        'laid out as bytes: each text is also encoded, which whoever sends it pays for otherwise',
        'composed each time: records from the same pools, through JSON.stringify',
      ],
    }
  },
}

function patched(name: string): Worker {
  const source = entrySource(1)
  return { name, round: () => ratePerSecond(ENTRIES, () => inBatches(() => void source.next(BATCH))) }
}

function laidOut(name: string): Worker {
  const source = entrySource(1)
  const bytes = Buffer.allocUnsafe(64 << 10)
  const layOut = () => {
    for (const entry of source.next(BATCH)) bytes.write(entry)
  }
  return { name, round: () => ratePerSecond(ENTRIES, () => inBatches(layOut)) }
}

function composed(): Worker {
  const compose = composedEachTime(1)
  return {
    name: 'composed each time',
    round: () =>
      ratePerSecond(ENTRIES, () => {
        for (let entry = 0; entry < ENTRIES; entry += 1) compose()
      }),
  }
}

function inBatches(work: () => void): void {
  for (let made = 0; made < ENTRIES; made += BATCH) work()
}
