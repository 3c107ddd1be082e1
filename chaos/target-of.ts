import { join } from 'node:path'
import type { Stack } from '#loadtest/stack/stack.ts'
import type { Target } from './target.ts'
import { openUndoJournal } from './undo-journal.ts'

/** Everything in a stack is ours, so everything may be hurt. */
export function targetOf(stack: Stack): Target {
  return {
    redisUrl: stack.redis.url,
    stream: stack.stream,
    group: stack.group,
    redis: stack.redis,
    ingester: stack.ingester,
    consumers: stack.indexers,
    undo: openUndoJournal(join(stack.folder, 'undo.ndjson')),
  }
}
