import { syntheticNetwork } from './synthetic-network.ts'

const FRAMES = 1_500

/**
 * Makes up frames and throws them away: a runtime that has not compiled the code yet is several times slower, and
 * would be late with the first events of an open model.
 */
export function warmUp(): void {
  const network = syntheticNetwork({ seed: 0, accounts: 200 })
  for (let frame = 0; frame < FRAMES; frame += 1) network.next(Infinity)
}
