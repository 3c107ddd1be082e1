import type { Redis } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { gapStream, rejectedFramesStream } from '#pipeline/contract.ts'

type Call = readonly [command: string, ...args: string[]]

/**
 * Throws `UsageError` when this user may not do what the append will do: better now than at the first commit.
 * Servers before 7.0 cannot tell; then nothing is refused here.
 */
export async function refuseMissingRights(
  redis: Redis,
  stream: string,
  cursors: readonly string[],
): Promise<void> {
  const user = await whoAmI(redis)
  if (user === null) return
  for (const call of callsOf(stream, cursors)) {
    const answer = await dryRun(redis, user, call)
    if (answer === 'unknown') return
    if (answer === 'refused') throw notAllowed(user, stream, call)
  }
}

function callsOf(stream: string, cursors: readonly string[]): readonly Call[] {
  const streams = [stream, gapStream(stream), rejectedFramesStream(stream)]
  return [
    ...cursors.flatMap((key): Call[] => [
      ['GET', key],
      ['SET', key, '1'],
      ['EVALSHA', 'sha', '3', stream, key, gapStream(stream)],
      ['EVAL', 'return 1', '3', stream, key, gapStream(stream)],
    ]),
    ...streams.flatMap((key): Call[] => [
      ['XADD', key, '*', 'field', 'value'],
      ['XLEN', key],
    ]),
    ['INFO', 'memory'],
  ]
}

async function whoAmI(redis: Redis): Promise<string | null> {
  try {
    return String(await redis.call('ACL', 'WHOAMI'))
  } catch (error) {
    if (isReplyError(error)) return null
    throw error
  }
}

/** `unknown` where the server has no such command, or this user may not ask. */
async function dryRun(redis: Redis, user: string, call: Call): Promise<'allowed' | 'refused' | 'unknown'> {
  try {
    return (await redis.call('ACL', 'DRYRUN', user, ...call)) === 'OK' ? 'allowed' : 'refused'
  } catch (error) {
    if (isReplyError(error)) return 'unknown'
    throw error
  }
}

function notAllowed(user: string, stream: string, [command, ...args]: Call): UsageError {
  const key = command.startsWith('EVAL') ? args[3] : args[0]
  return new UsageError(
    `user "${user}" may not ${command} "${key}"; run redis-cli acl setuser ${user} '~${stream}*' +@read +@write ` +
      '+@scripting +info +client',
  )
}
