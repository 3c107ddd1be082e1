/**
 * What a repo is held against. `none`: nothing, its host is believed. `cid`: every block that is used against its
 * hash, so that what was stored is what was sent. `signature`: also the commit against the key of the account, so
 * that it is what the account signed.
 */
export type Verification = 'none' | 'cid' | 'signature'
