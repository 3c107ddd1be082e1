import { decode } from '@atcute/cbor'
import { formatDidKey } from '@atproto/crypto'
import { type Account, accountOf } from '../account.ts'
import type { Binary } from '../binary.ts'
import { bytesOf } from '../binary.ts'
import { carSlice } from '../car-slice.ts'
import { type Cid, cidText } from '../cid.ts'
import type { Block } from '../mst-node.ts'
import type { Commit, Write } from '../repo.ts'

/** An account whose records are kept, so that its whole repo can be served. */
export interface HostedRepo {
  readonly did: string
  readonly handle: string
  /** `did:key:…` of the key that its commits are signed with. */
  readonly didKey: string
  /** Revision of the newest commit. */
  readonly rev: string
  /** CID of the newest commit, as text. */
  readonly head: string
  /** Every record that is there now, by path. */
  readonly records: ReadonlyMap<string, HostedRecord>
  commit(writes: readonly Write[], rev: string): Commit
  /** The whole repo as a CAR file. The order of its blocks is free: `tree-first` is usual, the other is allowed. */
  car(order?: 'tree-first' | 'records-first'): Buffer
}

export interface HostedRecord {
  /** As text. */
  readonly cid: string
  /** As lexicon JSON. */
  readonly record: unknown
}

const ALGORITHMS = { p256: 'ES256', k256: 'ES256K' } as const

/** An account with an empty repo; the first commit makes it one that can be served. */
export function hostedRepo(options: { name: string; handle: string; k256: boolean }): HostedRepo {
  const account: Account = accountOf(options)
  const blocks = new Map<Cid, Binary>()
  const paths = new Map<string, Cid>()

  const keep = ({ ops, blocks: added }: Commit) => {
    const bytes = new Map(added.map((block) => [block.cid, block.bytes]))
    for (const { path, cid } of ops) {
      if (cid === null) paths.delete(path)
      else {
        paths.set(path, cid)
        blocks.set(cid, bytes.get(cid) ?? blocks.get(cid) ?? '')
      }
    }
  }
  const recordBlocks = (): Block[] =>
    [...new Set(paths.values())].map((cid) => ({ cid, bytes: blocks.get(cid) ?? '' }))
  const headOf = () => {
    if (!account.repo.head) throw new TypeError(`${account.did} has no commit to serve`)
    return account.repo.head
  }

  return {
    did: account.did,
    handle: account.handle,
    didKey: formatDidKey(ALGORITHMS[account.key.curve], account.key.publicKey()),
    get rev() {
      return headOf().rev
    },
    get head() {
      return cidText(headOf().block.cid)
    },
    get records() {
      const entries = [...paths].map(([path, cid]) => [path, toRecord(cid, blocks.get(cid) ?? '')] as const)
      return new Map(entries)
    },
    commit(writes, rev) {
      const commit = account.repo.commit(writes, rev)
      keep(commit)
      return commit
    },
    car(order = 'tree-first') {
      const { block } = headOf()
      const tree = [block, ...account.repo.records.covering(paths.size > 0 ? paths.keys() : [''])]
      const records = recordBlocks()
      return carSlice(block.cid, order === 'tree-first' ? [...tree, ...records] : [...records, ...tree])
    },
  }
}

function toRecord(cid: Cid, block: Binary): HostedRecord {
  return { cid: cidText(cid), record: JSON.parse(JSON.stringify(decode(bytesOf(block)))) as unknown }
}
