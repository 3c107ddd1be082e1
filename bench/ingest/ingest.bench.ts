import { seconds } from '#kernel/time/duration.ts'
import type { Bench } from '../bench.ts'
import { ratio } from '../median.ts'
import { compareIngesters, ROUNDS } from './compare-ingesters.ts'
import { atprotoSync, standpipe } from './ways.ts'

const MEBIBYTE = 1_048_576

const ROUND = { lasts: seconds(5), warmUpEntries: 5_000 }

/** How many events per second one process brings from a relay into Redis. */
export const ingest: Bench = {
  name: 'ingest',
  title: 'Ingest from a flooding relay over loopback WebSocket into a Redis with AOF everysec',

  async run(context) {
    const { alternatives, flood } = await compareIngesters(
      [standpipe('cid'), atprotoSync('unauthenticated')],
      ROUND,
      context,
    )
    const [ours, theirs] = alternatives
    if (!ours || !theirs) throw new Error('nothing was measured')
    return {
      unit: 'events/s',
      alternatives: [ours, theirs],
      targets: [
        {
          promises: 'events per second against @atproto/sync, as a factor',
          bound: 'at-least',
          limit: 6,
          measured: ratio(ours.rates, theirs.rates),
        },
        {
          promises: 'most memory of our ingester, in MiB',
          bound: 'under',
          limit: 350,
          measured: ours.maxRss === null ? null : ours.maxRss / MEBIBYTE,
        },
      ],
      method: [
        `${ROUNDS} rounds of ${ROUND.lasts / 1_000} s after a warm-up, one ingester after the other in each`,
        `${flood.frames} signed frames with ${flood.events} events, played over and over with new sequences`,
        'relay, ingester and Redis are processes of their own and share the machine',
        'both check the CIDs of records; @atproto/sync checks those of all blocks; neither checks signatures',
      ],
    }
  },
}
