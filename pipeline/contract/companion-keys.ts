import { booksKey } from './books.ts'
import { closedGapStream, gapStream } from './gap.ts'
import { attemptsKey, deadLetterStream, rejectedFramesStream } from './streams.ts'

/** Every key that the pipeline may write beside a stream for one of its groups, cursors excepted. */
export function companionKeys(stream: string, group: string): readonly string[] {
  return [
    deadLetterStream(stream),
    rejectedFramesStream(stream),
    gapStream(stream),
    closedGapStream(stream),
    booksKey(stream),
    attemptsKey(stream, group),
  ]
}
