import { verifyRepoCar } from '@atproto/repo'
import type { HostedRepo } from '#loadtest/network/hosts/hosted-repo.ts'
import { ratePerSecond, type Worker } from '../in-turns.ts'

/** The reference implementation, at the same verification: every hash, and the signature. */
export function repositoryLibrary({ did, didKey, records }: HostedRepo, car: Buffer): Worker {
  return {
    name: '@atproto/repo verifyRepo',
    round: () =>
      ratePerSecond(records.size, async () => {
        const { creates } = await verifyRepoCar(car, did, didKey)
        if (creates.length !== records.size) throw new Error(`${creates.length} records of ${records.size}`)
      }),
  }
}
