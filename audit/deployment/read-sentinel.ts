import type { Redis } from 'ioredis'
import { UsageError } from '#kernel/errors.ts'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import { parseInfo } from '#kernel/redis/parse-info.ts'
import { replyFields } from '#kernel/redis/reply-fields.ts'
import type { SentinelEvidence } from '../evidence/sentinel-evidence.ts'

/** Whether this is a Sentinel and no server with data; `false` where it would not say. */
export async function isSentinel(redis: Redis): Promise<boolean> {
  try {
    const info = parseInfo(await redis.info('server'))
    return (info.get('redis_mode') ?? info.get('server_mode')) === 'sentinel'
  } catch {
    // Whatever is wrong, the checks meet it again and say it.
    return false
  }
}

/** The one primary that this Sentinel watches. Throws `UsageError` when it watches none, or several. */
export async function onlyPrimaryOf(sentinel: Redis): Promise<string> {
  const names = await primariesOf(sentinel)
  const [only] = names
  if (only !== undefined && names.length === 1) return only
  throw new UsageError(
    names.length === 0
      ? 'this is a Sentinel that watches no primary; audit the server itself'
      : `this is a Sentinel that watches ${names.join(', ')}; name one of them: sentinel://host:port/${only}`,
  )
}

export interface WatchedPrimary {
  readonly host: string
  readonly port: number
  readonly evidence: SentinelEvidence
}

/** Throws `UsageError` when the Sentinel watches no primary of this name. */
export async function readSentinel(sentinel: Redis, name: string): Promise<WatchedPrimary> {
  const [reply, noQuorum] = await Promise.all([readPrimary(sentinel, name), whyNoQuorum(sentinel, name)])
  const fields = replyFields('SENTINEL MASTER', reply)
  const names = ['quorum', 'num-other-sentinels', 'num-slaves', 'down-after-milliseconds'] as const
  return {
    host: fields.text('ip'),
    port: fields.number('port'),
    evidence: {
      primary: name,
      sentinels: fields.number('num-other-sentinels') + 1,
      quorum: fields.number('quorum'),
      replicas: fields.number('num-slaves'),
      noQuorum,
      downAfterMs: fields.number('down-after-milliseconds'),
      flags: fields.text('flags').split(','),
      quotes: [
        {
          command: `SENTINEL MASTER ${name}`,
          value: names.map((field) => `${field}=${fields.text(field)}`).join(' '),
        },
        { command: `SENTINEL CKQUORUM ${name}`, value: noQuorum ?? 'OK' },
      ],
    },
  }
}

async function readPrimary(sentinel: Redis, name: string): Promise<unknown> {
  try {
    return await sentinel.callBuffer('SENTINEL', 'MASTER', name)
  } catch (error) {
    if (!isReplyError(error, 'ERR No such master')) throw error
    const names = await primariesOf(sentinel)
    throw new UsageError(`the Sentinel watches no "${name}", only ${names.join(', ') || 'nothing'}`, {
      cause: error,
    })
  }
}

async function whyNoQuorum(sentinel: Redis, name: string): Promise<string | null> {
  try {
    await sentinel.call('SENTINEL', 'CKQUORUM', name)
    return null
  } catch (error) {
    if (isReplyError(error)) return error.message
    throw error
  }
}

async function primariesOf(sentinel: Redis): Promise<string[]> {
  const replies = (await sentinel.callBuffer('SENTINEL', 'MASTERS')) as readonly unknown[]
  return replies.map((reply) => replyFields('SENTINEL MASTERS', reply).text('name'))
}
