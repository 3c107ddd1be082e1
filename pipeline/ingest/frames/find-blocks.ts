import { nextSection } from './next-section.ts'

export interface FoundBlocks {
  /** In the order asked for; `undefined` where the slice has none, or none was asked for. */
  readonly blocks: readonly (Uint8Array | undefined)[]
  /** False when the slice broke off before everything was found. */
  readonly intact: boolean
}

/** Version, codec, hash and length of the hash, then 32 bytes: the only form that atproto knows. */
const CID_BYTES = 36

/**
 * Looks up blocks of a CAR slice by the bytes of their CIDs, and reads no further than the last one found.
 * Walks over the bytes itself: a reader that makes an object of every block it passes costs more than all else
 * together. https://ipld.io/specs/transport/car/carv1/
 */
export function findBlocks(car: Uint8Array, cids: readonly (Uint8Array | undefined)[]): FoundBlocks {
  const blocks: (Uint8Array | undefined)[] = cids.map(() => undefined)
  let missing = cids.filter((cid) => cid !== undefined).length
  let section = nextSection(car, 0)
  while (missing > 0) {
    section = section && nextSection(car, section.end)
    if (!section) return { blocks, intact: false }
    if (section.start === section.end) return { blocks, intact: true }
    for (let index = 0; index < cids.length; index++) {
      if (blocks[index] || !standsAt(car, section.start, cids[index])) continue
      blocks[index] = car.subarray(section.start + CID_BYTES, section.end)
      missing--
    }
  }
  return { blocks, intact: true }
}

/** Digests differ almost always in their last bytes already. */
function standsAt(car: Uint8Array, at: number, cid: Uint8Array | undefined): boolean {
  if (cid?.length !== CID_BYTES) return false
  for (let offset = CID_BYTES - 1; offset >= 0; offset--) {
    if (car[at + offset] !== cid[offset]) return false
  }
  return true
}
