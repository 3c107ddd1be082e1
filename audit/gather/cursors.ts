import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { cursorKey, listingTailKey } from '#pipeline/contract.ts'
import type { StoredCursor } from '../evidence/cursor-evidence.ts'
import { eachStream } from './each-stream.ts'
import type { Gatherer } from './source.ts'

/** One call looks at this many keys at the most; a buffer has a handful. */
const KEYS_AT_A_GLANCE = 1_000
/** Under which name other producers keep their cursor, whatever the relay. */
export const FOREIGN_CURSORS: readonly string[] = ['firehose:python_cursor']
const TAIL = listingTailKey('')

/** One SCAN of bounded COUNT, then a GET per cursor found or declared. Never KEYS. */
export const gatherCursors: Gatherer<'cursors'> = async (source) => {
  const { redis, manifest } = source
  const streams = await source.read('streams')
  const [next, glanced] = await redis.scan(0, 'COUNT', KEYS_AT_A_GLANCE)
  const keys = glanced.filter((key) => !key.endsWith(TAIL))
  const foreignKeys = keys.filter((key) => FOREIGN_CURSORS.includes(key))
  return eachStream(source, 'cursors', streams, async ({ stream }) => {
    const declared = manifest?.relay ? [cursorKey(stream, manifest.relay)] : []
    const prefix = cursorKey(stream, '')
    const found = keys.filter((key) => key.startsWith(prefix))
    const foreign = stream.startsWith('firehose:') ? foreignKeys : []
    const names = [...new Set([...declared, ...found, ...foreign])].toSorted()
    const cursors = await Promise.all(names.map((key) => readCursor(redis, key)))
    return { stream, cursors: cursors.filter((one) => one !== null), complete: next === '0' }
  })
}

async function readCursor(redis: Redis, key: string): Promise<StoredCursor | null> {
  const [value, tail] = await Promise.all([
    redis.get(key).catch(notText),
    redis.get(listingTailKey(key)).catch(notText),
  ])
  return value === null ? null : { key, value, hasTail: tail !== null }
}

/** A key of another type under the name of a cursor is none. */
function notText(error: unknown): null {
  if (isReplyError(error, 'WRONGTYPE')) return null
  throw error
}
