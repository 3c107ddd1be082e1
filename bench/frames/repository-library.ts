import { P256Keypair } from '@atproto/crypto'
import { blocksToCarFile, MemoryBlockstore, type RecordWriteOp, Repo, WriteOpAction } from '@atproto/repo'
import { tidClock } from '#loadtest/network/tid.ts'
import { ratePerSecond, type Worker } from '../in-turns.ts'

const COLLECTION = 'app.bsky.feed.like'

/** The reference implementation, as a PDS uses it. */
export async function repositoryLibrary(commits: number): Promise<Worker> {
  const keypair = await P256Keypair.create()
  const tid = tidClock(1)
  let repo = await Repo.create(new MemoryBlockstore(), `did:plc:${'a'.repeat(24)}`, keypair)

  async function commitOne(): Promise<void> {
    const write = {
      action: WriteOpAction.Create,
      collection: COLLECTION,
      rkey: tid(Date.now()),
      record: { $type: COLLECTION, createdAt: new Date().toISOString() },
    }
    const commit = await repo.formatCommit(write as RecordWriteOp, keypair)
    repo = await repo.applyCommit(commit)
    await blocksToCarFile(commit.cid, commit.relevantBlocks)
  }

  return {
    name: '@atproto/repo',
    round: () =>
      ratePerSecond(commits, async () => {
        for (let commit = 0; commit < commits; commit += 1) await commitOne()
      }),
  }
}
