import { CID_BYTES, type CidKey, cidKeyAt } from '#pipeline/backfill/car/cid-key.ts'
import { blockMatches } from '#pipeline/ingest/frames/block-matches.ts'
import { nextSection } from '#pipeline/ingest/frames/next-section.ts'

/** Blocks by what they claim to be, each held against its hash when it is used. */
export interface BlockSource {
  /** `null` when the slice has none, or another one under this name. */
  get(cid: CidKey): Uint8Array | null
}

/** Of a slice that breaks off, whatever comes before. */
export function blockSource(slice: Uint8Array): BlockSource {
  const places = new Map<CidKey, Uint8Array>()
  const bytes = Buffer.from(slice.buffer, slice.byteOffset, slice.byteLength)
  let section = nextSection(bytes, 0)
  while (section && section.end < bytes.length) {
    section = nextSection(bytes, section.end)
    const cid = section && cidKeyAt(bytes.subarray(section.start, section.end))
    if (section && cid) places.set(cid, bytes.subarray(section.start + CID_BYTES, section.end))
  }
  return {
    get(cid) {
      const block = places.get(cid)
      return block && blockMatches(Buffer.from(cid, 'latin1'), block) ? block : null
    },
  }
}
