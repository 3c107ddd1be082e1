import { hash } from 'node:crypto'
import { CidLinkWrapper, decode } from '@atcute/cbor'
import { RepoError } from '#pipeline/backfill/repo-error.ts'
import { type CarLimits, mostBlocks } from './car-limits.ts'
import { CID_BYTES, CID_PREFIX_BYTES, type CidKey, cidKeyAt, cidKeyOf, cidText } from './cid-key.ts'
import { createSectionReader } from './read-sections.ts'

/** All blocks of one repo: filled chunk by chunk, then asked by CID, in whatever order the file had them. */
export interface BlockStore {
  /** Bytes taken so far. */
  readonly bytes: number
  readonly blocks: number
  push(chunk: Buffer): void
  /** Says that the file is over; returns its root. Throws `RepoError` when it broke off. */
  end(): CidKey
  /** The block. Throws `RepoError` when it is missing or, if `check` is set, not what its CID says. */
  load(cid: CidKey): Buffer
}

export interface BlockStoreOptions {
  readonly limits: CarLimits
  /** Whether to hold each block that is used against its CID. */
  readonly check: boolean
}

/** Every broken promise of the file is a `RepoError`, thrown as soon as it is seen. */
export function createBlockStore({ limits, check }: BlockStoreOptions): BlockStore {
  const stored = new Map<CidKey, Buffer>()
  const most = mostBlocks(limits.car)
  let root: CidKey | null = null
  let bytes = 0

  const sections = createSectionReader(limits.block + CID_BYTES, (section) => {
    if (root === null) {
      root = readRoot(section)
      return
    }
    const cid = cidKeyAt(section)
    if (cid === null) throw new RepoError('malformed-car', 'a block stands behind something that is no CID')
    stored.set(cid, section.subarray(CID_BYTES))
    if (stored.size > most) throw new RepoError('too-big', `the file has more than ${most} blocks`)
  })

  return {
    get bytes() {
      return bytes
    },
    get blocks() {
      return stored.size
    },
    push(chunk) {
      bytes += chunk.length
      if (bytes > limits.car) {
        throw new RepoError('too-big', `the repo has more than the ${limits.car} bytes allowed`)
      }
      sections.push(chunk)
    },
    end() {
      sections.end()
      if (root === null) throw new RepoError('truncated', 'the file has no header')
      return root
    },
    load(cid) {
      const block = stored.get(cid)
      if (!block) throw new RepoError('missing-block', `block ${cidText(cid)} is not in the file`)
      if (check && hash('sha256', block, 'binary') !== cid.slice(CID_PREFIX_BYTES)) {
        throw new RepoError('cid-mismatch', `block ${cidText(cid)} is not what its CID says`)
      }
      return block
    },
  }
}

function readRoot(header: Buffer): CidKey {
  let value: unknown
  try {
    value = decode(header)
  } catch (error) {
    throw new RepoError('malformed-car', 'the header is no DAG-CBOR', { cause: error })
  }
  const { version, roots } = (value ?? {}) as { version?: unknown; roots?: unknown }
  const first: unknown = Array.isArray(roots) ? roots[0] : null
  if (version !== 1 || !(first instanceof CidLinkWrapper) || first.bytes.length !== CID_BYTES) {
    throw new RepoError('malformed-car', 'the header names no root of CAR version 1')
  }
  return cidKeyOf(first)
}
