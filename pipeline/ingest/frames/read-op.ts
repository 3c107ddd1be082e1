import { CidLinkWrapper } from '@atcute/cbor'
import { isMap } from './is-map.ts'

/** One change of one record. */
export interface Op {
  readonly action: 'create' | 'update' | 'delete'
  readonly collection: string
  readonly rkey: string
  /** What the record is now; `null` for a delete. */
  readonly cid: CidLinkWrapper | null
  /** What it was before; `null` for a create, and where the relay does not say it. */
  readonly prev: CidLinkWrapper | null
}

/** Reads one op of a commit, or says by `null` that it is not one. */
export function readOp(value: unknown): Op | null {
  if (!isMap(value)) return null
  const { action, path, cid, prev } = value
  if (typeof path !== 'string') return null
  const slash = path.indexOf('/')
  if (slash <= 0 || slash === path.length - 1) return null
  const place = {
    collection: path.slice(0, slash),
    rkey: path.slice(slash + 1),
    prev: prev instanceof CidLinkWrapper ? prev : null,
  }
  if (action === 'delete') return { action, ...place, cid: null }
  if ((action !== 'create' && action !== 'update') || !(cid instanceof CidLinkWrapper)) return null
  return { action, ...place, cid }
}
