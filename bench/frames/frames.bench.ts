import type { Bench } from '../bench.ts'
import { inTurns } from '../in-turns.ts'
import { median } from '../median.ts'
import { fromTheNetwork } from './from-the-network.ts'
import { repositoryLibrary } from './repository-library.ts'
import { throughTheRelay } from './through-the-relay.ts'

const ROUNDS = 5
const FRAMES = 10_000
const ACCOUNTS = 5_000

/** How fast valid signed frames are made up while they are needed. */
export const frames: Bench = {
  name: 'frames',
  title: 'Make up valid signed frames',

  async run(context) {
    const workers = [
      fromTheNetwork(FRAMES, ACCOUNTS),
      throughTheRelay(FRAMES, ACCOUNTS),
      await repositoryLibrary(FRAMES / 50),
    ]
    const alternatives = await inTurns(workers, ROUNDS, context)
    return {
      unit: 'frames/s',
      alternatives,
      targets: [
        {
          promises: 'frames made per second of processor time',
          bound: 'at-least',
          limit: 6_000,
          measured: median(alternatives[0]?.rates ?? []),
        },
      ],
      method: [
        `${ROUNDS} rounds; per second of processor time; ${FRAMES} frames of a network of ${ACCOUNTS} accounts that grows older by each round`,
        'frames: new accounts, trees, blocks, signatures and encoding, all on one thread',
        'through the relay: made, windowed, sent over loopback and received, all on the same thread',
        '@atproto/repo: commits of one record to one repo, each with its CAR, p256',
      ],
    }
  },
}
