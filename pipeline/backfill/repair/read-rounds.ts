import type { Redis } from 'ioredis'
import { repairRoundKey, repairStream } from '#pipeline/contract.ts'
import type { RepairTally } from './judge-round.ts'
import { readTally } from './read-tally.ts'
import { parseRound, type RepairRound } from './repair-round.ts'

/** How far the repair of a host's gaps has come. */
export interface RoundState {
  readonly host: string
  readonly round: RepairRound
  readonly tally: RepairTally
}

/** The rounds that are under way for these hosts. */
export async function readRounds(
  redis: Redis,
  { stream, repoStream }: { readonly stream: string; readonly repoStream: string },
  hosts: readonly string[],
): Promise<RoundState[]> {
  const states = await Promise.all(
    hosts.map(async (host) => {
      const round = parseRound((await redis.get(repairRoundKey(repoStream, stream, host))) ?? '')
      return round ? [{ host, round, tally: await readTally(redis, repairStream(repoStream), round.id) }] : []
    }),
  )
  return states.flat()
}
