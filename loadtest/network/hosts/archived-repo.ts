import { decode } from '@atcute/cbor'
import { formatDidKey } from '@atproto/crypto'
import type { Account } from '../account.ts'
import type { AccountStatus } from '../account-frames.ts'
import type { Binary } from '../binary.ts'
import { bytesOf } from '../binary.ts'
import { carSlice } from '../car-slice.ts'
import { type Cid, cidText } from '../cid.ts'
import type { Block } from '../mst-node.ts'
import type { Commit } from '../repo.ts'
import type { HostedRecord, ServedRepo } from './served-repo.ts'

/** A repo whose records are kept as its commits go by. */
export interface ArchivedRepo extends ServedRepo {
  /** Takes the records of a commit that was made; every commit of the account must come by, in its order. */
  keep(commit: Commit): void
  /** Lets go of all records, for an account that has left for good. */
  forget(): void
}

const ALGORITHMS = { p256: 'ES256', k256: 'ES256K' } as const

export function archivedRepo(account: Account): ArchivedRepo {
  const blocks = new Map<Cid, Binary>()
  const paths = new Map<string, Cid>()
  const didKey = formatDidKey(ALGORITHMS[account.key.curve], account.key.publicKey())

  const recordBlocks = (): Block[] =>
    [...new Set(paths.values())].map((cid) => ({ cid, bytes: blocks.get(cid) ?? '' }))
  const headOf = () => {
    if (!account.repo.head) throw new TypeError(`${account.did} has no commit to serve`)
    return account.repo.head
  }

  return {
    did: account.did,
    didKey,
    get handle() {
      return account.handle
    },
    get status(): AccountStatus | null {
      return account.status
    },
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
    keep({ ops, blocks: added }) {
      const bytes = new Map(added.map((block) => [block.cid, block.bytes]))
      for (const { path, cid } of ops) {
        if (cid === null) paths.delete(path)
        else {
          paths.set(path, cid)
          blocks.set(cid, bytes.get(cid) ?? blocks.get(cid) ?? '')
        }
      }
    },
    forget() {
      blocks.clear()
      paths.clear()
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
