import { syntheticNetwork } from '#loadtest/network/synthetic-network.ts'
import { ratePerSecond, type Worker } from '../in-turns.ts'

export function fromTheNetwork(frames: number, accounts: number): Worker {
  const network = syntheticNetwork({ seed: 1, accounts })
  return {
    name: 'synthetic network',
    round: () =>
      ratePerSecond(frames, () => {
        for (let frame = 0; frame < frames; frame += 1) network.next(Infinity)
      }),
  }
}
