import type { Redis } from 'ioredis'
import type { Evidence, EvidenceName } from '../evidence.ts'

/** Where gatherers look: one connection, and the evidence that others have gathered already. */
export interface Source {
  readonly redis: Redis
  /** The URL that was given, with its secrets. */
  readonly url: string
  readonly streams: readonly string[]
  /** Evidence of another name, gathered once. Throws `MissingEvidence` where that is missing. */
  readonly read: <Name extends EvidenceName>(name: Name) => Promise<Evidence[Name]>
}

/** Collects evidence of one name. Throws what it met; a refusal becomes `{ missing }` with the reason. */
export type Gatherer<Name extends EvidenceName> = (source: Source) => Promise<Evidence[Name]>
