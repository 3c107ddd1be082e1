import type { Account } from '../account.ts'
import type { FrameSource } from '../frame-source.ts'
import type { RelayDirectory } from '../relay-directory.ts'
import { type NetworkOptions, syntheticNetwork } from '../synthetic-network.ts'
import { type ArchivedRepo, archivedRepo } from './archived-repo.ts'
import { toListing } from './listing-host.ts'
import { type PdsHost, startPdsHost } from './pds-host.ts'
import { didDocument, type PlcHost, startPlcHost } from './plc-host.ts'

/** A synthetic network with everything that its frames speak of: a directory of DIDs, hosts, whole repos. */
export interface HostedNetwork extends AsyncDisposable {
  readonly source: FrameSource
  readonly directory: RelayDirectory
  readonly plc: PlcHost
  readonly pdses: readonly PdsHost[]
  /** Everyone who ever came to life, in that order. */
  readonly repos: readonly ArchivedRepo[]
}

export interface HostedNetworkOptions extends Omit<NetworkOptions, 'onBorn' | 'onCommit' | 'onGone'> {
  /** Data servers that share the repos; 1 by default. */
  readonly hosts?: number
  /** False leaves handles out of the DID documents: who verifies one asks DNS, which loopback has none of. */
  readonly handles?: boolean
}

/**
 * Starts `hosts` data servers and a directory on loopback. Every record is kept until its account leaves, so memory
 * grows with accounts times `repoRecords`.
 */
export async function startHostedNetwork({
  hosts = 1,
  handles = true,
  ...options
}: HostedNetworkOptions): Promise<HostedNetwork> {
  await using starting = new AsyncDisposableStack()
  const plc = starting.use(await startPlcHost())
  const pdses: PdsHost[] = []
  while (pdses.length < hosts) pdses.push(starting.use(await startPdsHost()))
  const repos: ArchivedRepo[] = []
  const byAccount = new Map<Account, ArchivedRepo>()
  const homes = new Map<string, PdsHost>()

  const settle = (account: Account) => {
    const repo = archivedRepo(account)
    const home = pdses[repos.length % hosts] as PdsHost
    byAccount.set(account, repo)
    homes.set(repo.did, home)
    repos.push(repo)
    home.add(repo)
    if (handles) plc.register(repo, home.url)
    else plc.forge(repo.did, { ...didDocument(repo, home.url), alsoKnownAs: [] })
    return repo
  }
  const source = syntheticNetwork({
    ...options,
    onCommit: (account, commit) => (byAccount.get(account) ?? settle(account)).keep(commit),
    onGone: (account) => {
      byAccount.get(account)?.forget()
      byAccount.delete(account)
    },
  })
  const open = starting.move()
  return {
    source,
    plc,
    pdses,
    repos,
    directory: {
      list: (from, most) => repos.slice(from, from + most).map(toListing),
      hostOf: (did) => homes.get(did)?.url ?? null,
    },
    [Symbol.asyncDispose]: () => open[Symbol.asyncDispose](),
  }
}
