import type { Redis } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import type { MovePlan } from './plan-move.ts'
import { parseSequence } from './stored-cursor.ts'

/** Sets the key only while it still holds what the plan was made for. */
const SCRIPT = `
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[2])
return 1
`

/** What a cursor key of ours holds. Throws `UsageError` when that is no sequence. */
export async function readSequence(redis: Redis, key: string): Promise<number | null> {
  const text = await redis.get(key)
  if (text === null) return null
  const seq = parseSequence(text)
  if (seq === null)
    throw new UsageError(`key "${key}" holds "${text}", which is no sequence; remove it by hand`)
  return seq
}

/** Says whether it was moved: not when somebody has moved it meanwhile. */
export async function moveCursor(redis: Redis, { key, from, to }: MovePlan): Promise<boolean> {
  return (await redis.eval(SCRIPT, 1, key, from === null ? '' : String(from), String(to))) === 1
}
