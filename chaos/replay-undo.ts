import type { Redis } from 'ioredis'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import type { Undo, UndoJournal } from './undo-journal.ts'

/**
 * Takes back what an earlier drill on this Redis promised to and did not, since it was killed. Returns what
 * was undone, in words. What a restart has undone already is only crossed out.
 */
export async function replayUndo(journal: UndoJournal, redis: Redis, address: string): Promise<string[]> {
  const runId = parseInfo(await redis.info('server')).get('run_id')
  const undone: string[] = []
  for (const undo of await journal.open()) {
    if (undo.redis !== address) continue
    if (undo.runId === runId || undo.outlivesRestart) {
      await run(redis, undo)
      undone.push(undo.what)
    }
    await undo.kept()
  }
  return undone
}

async function run(redis: Redis, { command: [name, ...args] }: Undo): Promise<void> {
  await redis.call(name, ...args)
}
