import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import { booksKey } from '#pipeline/contract.ts'

const SCRIPT = readFileSync(new URL('./call-and-count.lua', import.meta.url), 'utf8')

/** Calls a command on the stream and adds the number that it answers to fields of the stream's books. */
export async function callAndCount(
  redis: Redis,
  { stream, fields }: { readonly stream: string; readonly fields: readonly string[] },
  command: 'XACK',
  args: readonly (string | number)[],
): Promise<number> {
  return Number(
    await redis.eval(SCRIPT, 2, stream, booksKey(stream), fields.length, ...fields, command, ...args),
  )
}
