import type { Undo } from '../undo-journal.ts'

const SCRIPT =
  "if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[1]) return 1 end return 0"

/** Where a stream lies while a drill has it. */
export function asideKey(stream: string): string {
  return `${stream}:drill:aside`
}

/** Puts a stream back to where it was, over whatever is there now; harmless when it is back already. */
export function putBack(stream: string): Undo['command'] {
  return ['EVAL', SCRIPT, '2', stream, asideKey(stream)]
}
