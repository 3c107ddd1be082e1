/**
 * What a commit is held against. `none`: nothing, the relay is believed. `cid`: every record against its hash, so
 * that what is stored is what was sent. `signature`: also the commit against the key of its account, and the
 * records against the tree that it signs. `full`: also the tree against the one before, and the order of revisions.
 */
export const VERIFY_LEVELS = ['none', 'cid', 'signature', 'full'] as const

export type VerifyLevel = (typeof VERIFY_LEVELS)[number]
