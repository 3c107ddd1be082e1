import type { Contender } from '../bench.ts'
import { mustHold } from './append-script.ts'
import { type Load, rateOf, valuesOf } from './load.ts'

/** The usual way: a pipeline of XADDs and the cursor behind them, two pipelines under way. */
export function pipelineOfXadds(load: Load): Contender {
  const values = valuesOf(load)
  return {
    name: 'pipeline of XADDs (ioredis, 2 under way)',
    round: (redis) =>
      rateOf(load, async () => {
        const underWay: Promise<unknown>[] = []
        for (let sent = 0; sent < load.entries; sent += load.batchEntries) {
          if (underWay.length === 2) await underWay.shift()
          const pipeline = redis.pipeline()
          for (const value of values) pipeline.xadd('bench', '*', 'event', value)
          pipeline.set('bench:cursor', sent + load.batchEntries)
          underWay.push(pipeline.exec())
        }
        await Promise.all(underWay)
        await mustHold(load.entries, redis.xlen('bench'))
      }),
  }
}
