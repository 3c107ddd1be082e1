import type { Redis } from 'ioredis'
import type { Duration } from '#kernel/time/duration.ts'
import type { SentinelEvidence } from '../evidence/sentinel-evidence.ts'
import type { Evidence, EvidenceName, Unreadable } from '../evidence.ts'
import type { Manifest } from '../manifest/manifest.ts'

/** Where gatherers look: one connection, and the evidence that others have gathered already. */
export interface Source {
  readonly redis: Redis
  /** The URL that was given, with its secrets. */
  readonly url: string
  readonly streams: readonly string[]
  readonly manifest: Manifest | null
  /** What the Sentinel said that led us here; `null` when none did. */
  readonly sentinel: SentinelEvidence | null
  /** How long to watch; 0 looks once. */
  readonly watchFor: Duration
  /** Ends the watch. */
  readonly signal: AbortSignal
  /** Evidence of another name, gathered once. Throws `MissingEvidence` where that is missing. */
  readonly read: <Name extends EvidenceName>(name: Name) => Promise<Evidence[Name]>
  /** Notes that some evidence is there but for one stream, and why. */
  readonly goWithout: (name: EvidenceName, unreadable: Unreadable) => void
}

/** Collects evidence of one name. Throws what it met; a refusal becomes `{ missing }` with the reason. */
export type Gatherer<Name extends EvidenceName> = (source: Source) => Promise<Evidence[Name]>
