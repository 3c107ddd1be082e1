import type { FrameSource } from './frame-source.ts'
import { type HostedNetwork, startHostedNetwork } from './hosts/hosted-network.ts'
import { labelSource } from './label-source.ts'
import type { Profile } from './profile/profile.ts'
import type { RelayOptions } from './relay.ts'
import { readReplayFile } from './replay-file.ts'
import { syntheticNetwork } from './synthetic-network.ts'

export interface SourceOptions {
  readonly seed: number
  readonly accounts: number
  readonly firstSeq: number
  /** Data servers to start; 0 keeps no records. */
  readonly hosts: number
  /** File to play instead of the synthetic network. */
  readonly replay: string | undefined
  readonly profile: Profile | null
}

/** What a relay plays, and who stands behind it. */
export interface OpenSource extends AsyncDisposable {
  readonly relay: Pick<RelayOptions, 'directory' | 'labels'> & { readonly source: FrameSource }
  /** `null` when nobody hosts the repos. */
  readonly network: HostedNetwork | null
}

/** An assumption. */
const LABELS_PER_EVENT = 0.02

export async function openSource(options: SourceOptions): Promise<OpenSource> {
  const { seed, accounts, firstSeq, hosts, replay, profile } = options
  const nothing = async () => {}
  if (replay !== undefined) {
    return { relay: { source: await readReplayFile(replay) }, network: null, [Symbol.asyncDispose]: nothing }
  }
  const made = { seed, accounts, firstSeq, ...(profile ? { mix: profile.mix } : {}) }
  const labels = { source: labelSource({ seed, firstSeq }), perEvent: LABELS_PER_EVENT }
  if (hosts === 0) {
    return {
      relay: { source: syntheticNetwork(made), labels },
      network: null,
      [Symbol.asyncDispose]: nothing,
    }
  }
  const network = await startHostedNetwork({ ...made, hosts })
  return {
    relay: { source: network.source, directory: network.directory, labels },
    network,
    [Symbol.asyncDispose]: () => network[Symbol.asyncDispose](),
  }
}
