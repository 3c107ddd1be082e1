import { fromUint8Array } from '@atcute/car'

export interface FoundBlocks {
  /** In the order asked for; `undefined` where the slice has none, or none was asked for. */
  readonly blocks: readonly (Uint8Array | undefined)[]
  /** False when the slice broke off before everything was found. */
  readonly intact: boolean
}

/** Looks up blocks of a CAR slice by the bytes of their CIDs, and reads no further than the last one found. */
export function findBlocks(car: Uint8Array, cids: readonly (Uint8Array | undefined)[]): FoundBlocks {
  const blocks: (Uint8Array | undefined)[] = cids.map(() => undefined)
  let missing = cids.filter((cid) => cid !== undefined).length
  try {
    for (const { cid, bytes } of fromUint8Array(car)) {
      for (let index = 0; index < cids.length; index++) {
        if (blocks[index] || !isSame(cid.bytes, cids[index])) continue
        blocks[index] = bytes
        missing--
      }
      if (missing === 0) break
    }
    return { blocks, intact: true }
  } catch {
    return { blocks, intact: false }
  }
}

/** Digests differ almost always in their last bytes already. */
function isSame(a: Uint8Array, b: Uint8Array | undefined): boolean {
  if (b === undefined || a.length !== b.length) return false
  for (let at = a.length - 1; at >= 0; at--) if (a[at] !== b[at]) return false
  return true
}
