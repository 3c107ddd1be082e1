import type { Redis } from 'ioredis'
import { createLog } from '#kernel/log/log.ts'
import type { HostedRepo } from '#loadtest/network/hosts/hosted-repo.ts'
import { type PdsHost, startPdsHost } from '#loadtest/network/hosts/pds-host.ts'
import { type PlcHost, startPlcHost } from '#loadtest/network/hosts/plc-host.ts'
import type { BackfillerOptions } from '#pipeline/backfill/backfiller-options.ts'
import { BACKFILL_STREAM, type ListedRepo, REPO_FIELD, REPO_GROUP, REPO_STREAM } from '#pipeline/contract.ts'

/** A directory and hosts on loopback that have these repos, spread over them in turn. */
export interface Hosting extends AsyncDisposable {
  readonly plc: PlcHost
  readonly pdses: readonly PdsHost[]
  /** The host that has the repo. */
  hostOf(repo: HostedRepo): PdsHost
}

export async function hosting(repos: readonly HostedRepo[], hosts = 1): Promise<Hosting> {
  await using starting = new AsyncDisposableStack()
  const plc = starting.use(await startPlcHost())
  const pdses: PdsHost[] = []
  for (let index = 0; index < hosts; index += 1) {
    const order = index % 2 === 0 ? 'tree-first' : 'records-first'
    pdses.push(starting.use(await startPdsHost({ order })))
  }
  const homes = new Map<string, PdsHost>()
  for (const [index, repo] of repos.entries()) {
    const pds = pdses[index % hosts] as PdsHost
    pds.add(repo)
    plc.register(repo, pds.url)
    homes.set(repo.did, pds)
  }
  const open = starting.move()
  return {
    plc,
    pdses,
    hostOf: ({ did }) => homes.get(did) as PdsHost,
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  }
}

/** What a backfiller on loopback is started with; patience is short, so that bad hosts are found out soon. */
export function backfillerOptions(
  redisUrl: string,
  { plc }: Hosting,
  options: Partial<BackfillerOptions> = {},
): BackfillerOptions {
  return {
    redisUrl,
    repoStream: REPO_STREAM,
    repoGroup: REPO_GROUP,
    backfiller: 'backfiller-1',
    backfillStream: BACKFILL_STREAM,
    highWater: 1_000_000,
    batchEntries: 100,
    collections: ['*'],
    plcUrl: plc.url,
    verifyRepos: 'signature',
    repoConcurrency: 8,
    hostConcurrency: 4,
    hostSpacing: 0,
    fetchAttempts: 3,
    carBytes: 16_777_216,
    carMemory: 67_108_864,
    allowPrivateHosts: true,
    claimIdle: 60,
    trim: false,
    log: createLog({ name: 'test', level: 'silent' }),
    ...options,
    tuning: {
      retry: { base: 5, cap: 20 },
      headersWithin: 400,
      patience: { idle: 300, grace: 400, bytesPerSecond: 1_000_000, total: 5_000 },
      drainWithin: 2_000,
      ...options.tuning,
    },
  }
}

/** Adds repos to their stream, as a listing does. */
export async function enqueue(redis: Redis, repos: readonly { readonly did: string }[]): Promise<void> {
  for (const { did } of repos) {
    const listed: ListedRepo = { did, host: 'https://relay.test', rev: '', status: null, active: true }
    await redis.xadd(REPO_STREAM, '*', REPO_FIELD, JSON.stringify(listed))
  }
}

/** Entries of the repo stream that the group has neither acknowledged nor been handed. */
export async function unsettled(redis: Redis, group = REPO_GROUP): Promise<number> {
  const groups = (await redis.xinfo('GROUPS', REPO_STREAM)) as (string | number | null)[][]
  for (const fields of groups) {
    const value = (name: string) => fields[fields.indexOf(name) + 1]
    if (value('name') === group) return Number(value('pending')) + Number(value('lag') ?? 1)
  }
  return Number.POSITIVE_INFINITY
}
