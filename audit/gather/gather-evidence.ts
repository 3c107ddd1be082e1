import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import type { Duration } from '#kernel/time/duration.ts'
import type { Evidence, EvidenceName, Gathered, GatheredEvidence } from '../evidence.ts'
import { MissingEvidence } from '../missing-evidence.ts'
import { gatherDisk } from './disk.ts'
import { explainRefusal } from './explain-refusal.ts'
import { gatherGroups } from './groups.ts'
import { gatherHost } from './host.ts'
import { gatherMemory } from './memory.ts'
import { gatherServer } from './server.ts'
import { gatherSettings } from './settings.ts'
import type { Gatherer, Source } from './source.ts'
import { gatherStreams } from './streams.ts'
import { gatherTime } from './time.ts'

const GATHERERS: { readonly [Name in EvidenceName]: Gatherer<Name> } = {
  server: gatherServer,
  settings: gatherSettings,
  memory: gatherMemory,
  host: gatherHost,
  disk: gatherDisk,
  streams: gatherStreams,
  groups: gatherGroups,
  time: gatherTime,
}

export interface GatherOptions extends Omit<Source, 'read'> {
  /** How long all of it may take; what has not come by then is missing. */
  readonly within: Duration
}

/** Gathers what is named, each once, over one connection. Never rejects: what was refused is missing, with why. */
export async function gatherEvidence(
  names: readonly EvidenceName[],
  { within, ...given }: GatherOptions,
): Promise<GatheredEvidence> {
  const late = Promise.withResolvers<never>()
  late.promise.catch(() => {})
  const timer = setTimeout(() => late.reject(new MissingEvidence(`no answer within ${within} ms`)), within)
  const begun = new Map<EvidenceName, Promise<unknown>>()
  const source: Source = {
    ...given,
    read<Name extends EvidenceName>(name: Name) {
      const gathering = begun.get(name) ?? Promise.race([GATHERERS[name](source), late.promise])
      begun.set(name, gathering)
      return gathering as Promise<Evidence[Name]>
    },
  }
  try {
    const all = names.map(async (name) => [name, await settle(name, source)] as const)
    return Object.fromEntries(await Promise.all(all)) as GatheredEvidence
  } finally {
    clearTimeout(timer)
  }
}

async function settle(name: EvidenceName, source: Source): Promise<Gathered<unknown>> {
  try {
    return { value: await source.read(name) }
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
