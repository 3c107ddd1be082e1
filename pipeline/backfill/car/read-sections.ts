import { RepoError } from '#pipeline/backfill/repo-error.ts'

/** Cuts a CAR file into its sections, however the chunks fall. */
export interface SectionReader {
  push(chunk: Buffer): void
  /** Throws `RepoError` when the file breaks off in the middle of a section. */
  end(): void
}

/** A length that needs more bytes than this is beyond any limit of ours. */
const LENGTH_BITS = 35

/**
 * Hands on each section without its length prefix: the header first, then blocks behind their CIDs. A section that
 * lies within one chunk is a view of it; one that spans several is copied once, however small they are. Throws
 * `RepoError` on a length beyond `most`, before anything of it is kept.
 */
export function createSectionReader(most: number, take: (section: Buffer) => void): SectionReader {
  let length: number | null = null
  let read = { value: 0, bits: 0 }
  let partial: { readonly bytes: Buffer; filled: number } | null = null

  const readLength = (byte: number) => {
    read = { value: read.value + (byte & 0x7f) * 2 ** read.bits, bits: read.bits + 7 }
    if (byte & 0x80) {
      if (read.bits >= LENGTH_BITS) throw new RepoError('malformed-car', 'the length of a block has no end')
      return
    }
    if (read.value === 0) throw new RepoError('malformed-car', 'a block has no bytes at all')
    if (read.value > most) {
      throw new RepoError('too-big', `a block has ${read.value} bytes, allowed are ${most}`)
    }
    length = read.value
    read = { value: 0, bits: 0 }
  }

  /** Takes what the chunk has of the section under way; returns how many bytes that were. */
  const fill = (chunk: Buffer, at: number, wanted: number): number => {
    if (!partial && chunk.length - at >= wanted) {
      length = null
      take(chunk.subarray(at, at + wanted))
      return wanted
    }
    partial ??= { bytes: Buffer.allocUnsafeSlow(wanted), filled: 0 }
    const taken = chunk.copy(partial.bytes, partial.filled, at)
    partial.filled += taken
    if (partial.filled === wanted) {
      const { bytes } = partial
      partial = null
      length = null
      take(bytes)
    }
    return taken
  }

  return {
    push(chunk) {
      let at = 0
      while (at < chunk.length) {
        if (length === null) readLength(chunk[at++] ?? 0)
        else at += fill(chunk, at, length)
      }
    },
    end() {
      if (length !== null || read.bits > 0) {
        throw new RepoError('truncated', 'the file breaks off in the middle of a block')
      }
    },
  }
}
