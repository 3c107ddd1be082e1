import { toBytes } from '@atcute/cbor'
import { carSlice } from './car-slice.ts'
import { cidText, linkTo } from './cid.ts'
import { messageFrame } from './frame.ts'
import type { RelayFrame } from './frame-source.ts'
import { inDefaultCollections } from './in-default-collections.ts'
import type { JournalEvent } from './journal-event.ts'
import type { Commit, CommitOp } from './repo.ts'

/** The #commit message of a commit, https://atproto.com/specs/sync (version 1.1: `prevData`, `prev`). */
export function commitFrame(did: string, seq: number, time: string, commit: Commit): RelayFrame {
  const { cid, rev, since, prevData, ops, blocks } = commit
  const bytes = messageFrame('#commit', {
    seq,
    rebase: false,
    tooBig: false,
    repo: did,
    commit: linkTo(cid),
    rev,
    since,
    ...(prevData ? { prevData: linkTo(prevData) } : {}),
    blocks: toBytes(carSlice(cid, blocks)),
    ops: ops.map(bodyOf),
    blobs: [],
    time,
  })
  return { seq, bytes, events: ops.map((op) => journaled({ seq, did, rev, time }, op)) }
}

function bodyOf({ action, path, cid, prev }: CommitOp): object {
  return { action, path, cid: cid ? linkTo(cid) : null, ...(prev ? { prev: linkTo(prev) } : {}) }
}

function journaled(
  common: Pick<JournalEvent & { rev: string }, 'seq' | 'did' | 'rev' | 'time'>,
  op: CommitOp,
): JournalEvent {
  const [collection = '', rkey = ''] = op.path.split('/')
  const filtered = inDefaultCollections(collection) ? {} : { filtered: true as const }
  if (op.action === 'delete' || !op.cid) return { ...common, collection, rkey, action: 'delete', ...filtered }
  return { ...common, collection, rkey, action: op.action, cid: cidText(op.cid), ...filtered }
}
