import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import type { Duration } from '#kernel/time/duration.ts'
import type { Evidence, EvidenceName, Gathered, GatheredEvidence, Unreadable } from '../evidence.ts'
import { MissingEvidence } from '../missing-evidence.ts'
import { gatherAccess } from './access.ts'
import { gatherClients } from './clients.ts'
import { gatherCluster } from './cluster.ts'
import { gatherConfigFile } from './config-file.ts'
import { gatherCursors } from './cursors.ts'
import { gatherDisk } from './disk.ts'
import { explainRefusal } from './explain-refusal.ts'
import { gatherFootprints } from './footprints.ts'
import { gatherGroups } from './groups.ts'
import { gatherHost } from './host.ts'
import { gatherManifest } from './manifest.ts'
import { gatherMemory } from './memory.ts'
import { gatherNewest } from './newest.ts'
import { gatherNodes } from './nodes.ts'
import { gatherSentinel } from './sentinel.ts'
import { gatherServer } from './server.ts'
import { gatherSettings } from './settings.ts'
import type { Gatherer, Source } from './source.ts'
import { gatherStreams } from './streams.ts'
import { gatherTime } from './time.ts'
import { gatherWindow } from './window.ts'

const GATHERERS: { readonly [Name in EvidenceName]: Gatherer<Name> } = {
  server: gatherServer,
  settings: gatherSettings,
  memory: gatherMemory,
  host: gatherHost,
  disk: gatherDisk,
  'config-file': gatherConfigFile,
  manifest: gatherManifest,
  time: gatherTime,
  clients: gatherClients,
  access: gatherAccess,
  cluster: gatherCluster,
  nodes: gatherNodes,
  sentinel: gatherSentinel,
  streams: gatherStreams,
  groups: gatherGroups,
  newest: gatherNewest,
  footprints: gatherFootprints,
  cursors: gatherCursors,
  window: gatherWindow,
}

export interface GatherOptions extends Omit<Source, 'read' | 'goWithout'> {
  /** How long all of it may take besides watching; what has not come by then is missing. */
  readonly within: Duration
}

/**
 * Gathers what is named, each once, over one connection. Watches first, so that all else is as it is now. Never
 * rejects but when it is told to stop: what was refused is missing, with why.
 */
export async function gatherEvidence(
  names: readonly EvidenceName[],
  { within, ...given }: GatherOptions,
): Promise<GatheredEvidence> {
  const without = new Map<EvidenceName, Unreadable[]>()
  const source: Source = {
    ...given,
    goWithout: (name, unreadable) => void without.set(name, [...(without.get(name) ?? []), unreadable]),
    read: async () => Promise.reject(new TypeError('nothing was gathered yet')),
  }
  const window = names.includes('window') ? await watch(source, within) : null
  without.clear()
  const late = deadline(within)
  const begun = new Map<EvidenceName, Promise<unknown>>()
  const reading: Source = {
    ...source,
    read<Name extends EvidenceName>(name: Name) {
      const gathering = begun.get(name) ?? Promise.race([GATHERERS[name](reading), late.passed])
      begun.set(name, gathering)
      return gathering as Promise<Evidence[Name]>
    },
  }
  try {
    const all = names.map(async (name) => {
      const gathered = name === 'window' && window ? window : await settle(name, () => reading.read(name))
      const lost = without.get(name)
      return [name, lost && 'value' in gathered ? { ...gathered, without: lost } : gathered] as const
    })
    return Object.fromEntries(await Promise.all(all)) as GatheredEvidence
  } finally {
    late.stop()
  }
}

async function watch(source: Source, within: Duration): Promise<Gathered<unknown>> {
  const late = deadline(within + source.watchFor)
  try {
    return await settle('window', () => Promise.race([gatherWindow(source), late.passed]))
  } finally {
    late.stop()
    source.signal.throwIfAborted()
  }
}

function deadline(within: Duration): { readonly passed: Promise<never>; readonly stop: () => void } {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => {})
  const timer = setTimeout(() => reject(new MissingEvidence(`no answer within ${within} ms`)), within)
  return { passed: promise, stop: () => clearTimeout(timer) }
}

async function settle(name: EvidenceName, read: () => Promise<unknown>): Promise<Gathered<unknown>> {
  try {
    return { value: await read() }
  } catch (error) {
    return { missing: whyMissing(name, error) }
  }
}

function whyMissing(name: EvidenceName, error: unknown): string {
  if (error instanceof MissingEvidence) return error.message
  if (isReplyError(error)) return explainRefusal(error)
  const said = error instanceof Error ? error.message : String(error)
  return `Redis gave no answer while ${name} was gathered: ${said}`
}
