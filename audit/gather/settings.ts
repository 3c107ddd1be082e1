import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import type { Evidence } from '../evidence.ts'
import { type Field, type Fields, toFields } from '../fields.ts'
import { explainRefusal } from './explain-refusal.ts'
import type { Gatherer } from './source.ts'

/** The settings that checks ask about, by redis.conf name. */
const NAMES = [
  'appendfsync',
  'appendonly',
  'auto-aof-rewrite-min-size',
  'auto-aof-rewrite-percentage',
  'client-output-buffer-limit',
  'dir',
  'maxclients',
  'maxmemory',
  'maxmemory-clients',
  'maxmemory-policy',
  'no-appendfsync-on-rewrite',
  'save',
  'stop-writes-on-bgsave-error',
  'stream-node-max-bytes',
  'stream-node-max-entries',
  'tcp-keepalive',
  'timeout',
] as const

/** The settings that INFO tells as well, for servers that refuse CONFIG. */
const IN_INFO: Readonly<Record<string, (info: Fields) => string>> = {
  appendonly: (info) => (info.text('aof_enabled') === '1' ? 'yes' : 'no'),
  maxclients: (info) => info.text('maxclients'),
  maxmemory: (info) => info.text('maxmemory'),
  'maxmemory-policy': (info) => info.text('maxmemory_policy'),
}

/** `CONFIG GET` by name, all in one round trip; what is refused is looked up in INFO. */
export const gatherSettings: Gatherer<'settings'> = async ({ redis, read }) => {
  const found = new Map<string, Field>()
  let refusal: string | null = null
  const replies = await Promise.allSettled(NAMES.map((name) => readSetting(redis, name)))
  for (const [index, name] of NAMES.entries()) {
    const reply = replies[index]
    if (reply?.status === 'fulfilled' && reply.value !== null) {
      found.set(name, { command: `CONFIG GET ${name}`, value: reply.value })
    }
    if (reply?.status === 'rejected') {
      if (!isReplyError(reply.reason)) throw reply.reason
      refusal = explainRefusal(reply.reason)
    }
  }
  if (refusal !== null) addFromInfo(found, await read('server'))
  return toFields(found, (name) => refusal ?? `this server knows no setting ${name}`)
}

/** `null` when the server does not know the setting. */
async function readSetting(redis: Redis, name: string): Promise<string | null> {
  const reply = (await redis.config('GET', name)) as readonly string[]
  const at = reply.indexOf(name)
  return at < 0 ? null : (reply[at + 1] ?? null)
}

function addFromInfo(found: Map<string, Field>, info: Evidence['server']): void {
  for (const [name, read] of Object.entries(IN_INFO)) {
    if (found.has(name)) continue
    try {
      found.set(name, { command: 'INFO everything', value: read(info) })
    } catch {
      // INFO does not have it either: it stays unknown, with the refusal as reason.
    }
  }
}
