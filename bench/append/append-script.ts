import { createAppend } from '#pipeline/ingest/append/append.ts'
import type { Contender } from '../bench.ts'
import { type Load, rateOf, valuesOf } from './load.ts'

/** Our append, with two calls under way as the ingester has. */
export function appendScript(load: Load): Contender {
  const values = valuesOf(load)
  return {
    name: 'append (ours, 2 calls under way)',
    round: (redis) =>
      rateOf(load, async () => {
        const append = createAppend(redis, { stream: 'bench', cursor: 'bench:cursor', highWater: 1e9 })
        const underWay: Promise<unknown>[] = []
        let seq = 0
        for (let sent = 0; sent < load.entries; sent += load.batchEntries) {
          if (underWay.length === 2) await underWay.shift()
          const after = seq === 0 ? null : seq
          const commits = values.map((value) => ({ seq: ++seq, values: [value] }))
          underWay.push(append({ fields: ['event'], commits, after, upTo: seq }))
        }
        await Promise.all(underWay)
        await mustHold(load.entries, redis.xlen('bench'))
      }),
  }
}

/** A contender that did not add everything has not been measured at all. */
export async function mustHold(entries: number, length: Promise<number>): Promise<void> {
  const held = await length
  if (held !== entries) throw new Error(`the stream holds ${held} entries, expected ${entries}`)
}
