import { valueOf } from '#pipeline/consume/value-of.ts'
import { REPO_FIELD, type RepoFailureReason } from '#pipeline/contract.ts'
import { shown } from './shown.ts'

/** What an entry of the repo stream asks for, or why it asks for nothing. */
export type RepoEntry =
  /** `round` is the round of repair that asked for it, `null` in a listing. */
  | { readonly id: string; readonly did: string; readonly round: string | null }
  | { readonly id: string; readonly reason: RepoFailureReason; readonly error: string }

const DID = /^did:[a-z]+:[a-zA-Z0-9._:%-]{1,200}$/

/** Reads the DID out of an entry, whatever else its producer has written; never throws. */
export function parseRepoEntry(id: string, fields: readonly string[]): RepoEntry {
  const text = valueOf(fields, REPO_FIELD)
  if (text === null)
    return { id, reason: 'no-repo-field', error: `field ${REPO_FIELD}: expected JSON, got nothing` }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    return { id, reason: 'not-json', error: (error as Error).message }
  }
  const { did, round } = (value ?? {}) as { did?: unknown; round?: unknown }
  if (typeof did === 'string' && DID.test(did)) {
    return { id, did, round: typeof round === 'string' ? round.slice(0, 40) : null }
  }
  return {
    id,
    reason: 'malformed-repo',
    error: `field did: expected a DID, got ${shown(did)}`,
  }
}
