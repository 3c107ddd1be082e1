import { hostedPopulation } from '#loadtest/network/hosts/hosted-population.ts'
import type { Bench } from '../bench.ts'
import { inTurns } from '../in-turns.ts'
import { ratio } from '../median.ts'
import { ourReader } from './our-reader.ts'
import { repositoryLibrary } from './repository-library.ts'

const ROUNDS = 7
const RECORDS = 20_000
const EVERYTHING = ['*']

/** How fast a repo of 20,000 records becomes events. */
export const backfill: Bench = {
  name: 'backfill',
  title: `Read a repo of ${RECORDS.toLocaleString('en')} records`,

  async run(context) {
    const [repo] = hostedPopulation({ seed: 1, repos: 1, records: RECORDS })
    if (!repo) throw new Error('no repo to read')
    const car = repo.car()
    const ours = (name: string, options: Omit<Parameters<typeof ourReader>[2], 'name'>) =>
      ourReader(repo, car, { name, ...options })
    const workers = [
      ours('backfill, signature', { verification: 'signature', collections: EVERYTHING }),
      ours('backfill, signature, posts only', {
        verification: 'signature',
        collections: ['app.bsky.feed.post'],
      }),
      ours('backfill, none', { verification: 'none', collections: EVERYTHING }),
      repositoryLibrary(repo, car),
    ]
    // One round that does not count: everybody is compiled by then.
    await inTurns(workers, 1, context)
    const alternatives = await inTurns(workers, ROUNDS, context)
    const [signature, , , library] = alternatives.map(({ rates }) => rates)
    return {
      unit: 'records/s',
      alternatives,
      targets: [
        {
          promises: 'backfill against @atproto/repo verifyRepo, both with every hash and the signature',
          bound: 'at-least',
          limit: 5,
          measured: ratio(signature ?? [], library ?? []),
        },
      ],
      method: [
        `${ROUNDS} rounds after a warm-up; per second of processor time; one repo of ${RECORDS} records in ${car.length} bytes`,
        'backfill: chunks of 64 KiB, blocks, tree, hashes, signature, and the JSON text of every event',
        'posts only: other records are neither hashed nor decoded; the rate counts all records of the repo',
        '@atproto/repo: readCar and verifyRepo to decoded records; no JSON is made',
      ],
    }
  },
}
