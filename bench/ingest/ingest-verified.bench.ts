import { seconds } from '#kernel/time/duration.ts'
import type { Bench } from '../bench.ts'
import { ratio } from '../median.ts'
import { compareIngesters, ROUNDS } from './compare-ingesters.ts'
import { atprotoSync, standpipe } from './ways.ts'

const ROUND = { lasts: seconds(5), warmUpEntries: 500 }

/** What it costs to hold every commit against the key of its account and the tree that it signs. */
export const ingestVerified: Bench = {
  name: 'ingest-verified',
  title: 'Ingest with signatures and trees verified, from a flooding relay into a Redis with AOF everysec',

  async run(context) {
    const ways = [standpipe('signature'), atprotoSync('authenticated'), standpipe('full')]
    const { alternatives, flood } = await compareIngesters(ways, ROUND, context)
    const [ours, theirs] = alternatives
    if (!ours || !theirs) throw new Error('nothing was measured')
    return {
      unit: 'events/s',
      alternatives,
      targets: [
        {
          promises: 'events per second against @atproto/sync, as a factor',
          bound: 'at-least',
          limit: 4,
          measured: ratio(ours.rates, theirs.rates),
        },
      ],
      method: [
        `${ROUNDS} rounds of ${ROUND.lasts / 1_000} s after a warm-up, one ingester after the other in each`,
        `${flood.frames} signed frames with ${flood.events} events, played over and over with new sequences`,
        'relay with directory, ingester and Redis are processes of their own and share the machine',
        'signature and @atproto/sync verify the same: signature, key, and records against the signed tree',
        'keys are asked of a directory on loopback once and remembered in memory by both',
        'full: the flood repeats its revisions, so after the first round of frames most are refused as old',
      ],
    }
  },
}
