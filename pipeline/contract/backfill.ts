/** The stream of repos that wait to be fetched; its listing writes it, the backfiller reads it. */
export const REPO_STREAM = 'repo_backfill'

/** The one field of its entries, holding a `ListedRepo` as JSON text. */
export const REPO_FIELD = 'repo'

/** The group that fetches repos. */
export const REPO_GROUP = 'repo_backfill_group'

/** Where a repo goes that could not be fetched; `deadLetterStream(REPO_STREAM)` is this. */
export const REPO_DEAD_LETTER_STREAM = 'repo_backfill_dlq'

/** The stream that carries what is in fetched repos, as events with sequence -1. */
export const BACKFILL_STREAM = 'firehose_backfill'

/** What the cursor of a listing holds once every page is stored. */
export const LISTING_DONE = '!ingester-done'

/** A repo as its host listed it, in the `divy` dialect. */
export interface ListedRepo {
  readonly did: string
  /** The host that listed it, with its scheme; the repo itself is fetched from the account's own host. */
  readonly host: string
  /** Revision at the time of the listing; it is older by the time the repo is fetched. */
  readonly rev: string
  /** Why it is not active, in the lexicon's words; `null` when active, or when the host did not say. */
  readonly status: string | null
  readonly active: boolean
}

/**
 * Where the newest page of a listing began and which repo it ended with, as JSON: where a finished listing looks
 * for newcomers. Beside the cursor, and moved together with it.
 */
export function listingTailKey(cursorKey: string): string {
  return `${cursorKey}:tail`
}

/** Holds the signing key of a DID as `did:key:…`; expires. */
export function didKeyKey(did: string): string {
  return `did:key:${did}`
}

/** Holds the URL of the host that has the repo of a DID; expires. */
export function didPdsKey(did: string): string {
  return `did:pds:${did}`
}
