import type { Redis } from 'ioredis'
import { isReplyError } from '#kernel/redis/is-reply-error.ts'
import type { Evidence } from '../evidence.ts'
import { type Field, type Fields, toFields } from '../fields.ts'
import { explainRefusal } from './explain-refusal.ts'
import type { Gatherer } from './source.ts'

/** The settings that checks ask about, by redis.conf name. */
const NAMES = [
  'aof-load-corrupt-tail-max-size',
  'aof-load-truncated',
  'aof-timestamp-enabled',
  'appendfsync',
  'appendonly',
  'auto-aof-rewrite-min-size',
  'auto-aof-rewrite-percentage',
  'bind',
  'client-output-buffer-limit',
  'dir',
  'enable-debug-command',
  'latency-monitor-threshold',
  'maxclients',
  'maxmemory',
  'maxmemory-clients',
  'maxmemory-policy',
  'min-replicas-max-lag',
  'min-replicas-to-write',
  'no-appendfsync-on-rewrite',
  'port',
  'protected-mode',
  'repl-backlog-size',
  'save',
  'slowlog-log-slower-than',
  'slowlog-max-len',
  'stop-writes-on-bgsave-error',
  'stream-node-max-bytes',
  'stream-node-max-entries',
  'tcp-backlog',
  'tcp-keepalive',
  'timeout',
  'tls-port',
] as const

/** The settings that INFO tells as well, for servers that refuse CONFIG. */
const IN_INFO: Readonly<Record<string, (info: Fields) => string>> = {
  appendonly: (info) => (info.text('aof_enabled') === '1' ? 'yes' : 'no'),
  maxclients: (info) => info.text('maxclients'),
  maxmemory: (info) => info.text('maxmemory'),
  'maxmemory-policy': (info) => info.text('maxmemory_policy'),
}

/** `CONFIG GET` by name, all in one round trip; what is refused is looked up in INFO. */
export const gatherSettings: Gatherer<'settings'> = async ({ redis, read, manifest }) => {
  const declared = Object.keys(manifest?.settings ?? {}).filter(isPlain)
  const names = [...new Set<string>([...NAMES, ...declared])]
  const found = new Map<string, Field>()
  let refusal: string | null = null
  const replies = await Promise.allSettled(names.map((name) => readSetting(redis, name)))
  for (const [index, name] of names.entries()) {
    const reply = replies[index]
    if (reply?.status === 'rejected') refusal = refusalOf(reply.reason)
    else if (reply && reply.value !== null)
      found.set(name, { command: `CONFIG GET ${name}`, value: reply.value })
  }
  if (refusal !== null) addFromInfo(found, await read('server'))
  return toFields(found, (name) => refusal ?? `this server knows no setting ${name}`)
}

/** Why Redis refused; rethrows what is no answer of Redis at all. */
function refusalOf(error: unknown): string {
  if (!isReplyError(error)) throw error
  return explainRefusal(error)
}

/** A name that is a pattern would read more than it names; one that holds a password must never be read. */
function isPlain(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name) && !/pass|auth|user/.test(name)
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
