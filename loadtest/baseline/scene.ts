import type { Redis } from 'ioredis'
import { DependencyError } from '#kernel/errors.ts'
import { toDelivered } from '#pipeline/consume/delivered.ts'
import { cursorKey, EVENT_FIELD } from '#pipeline/contract.ts'
import { createAppend } from '#pipeline/ingest/append/append.ts'

export interface SceneSize {
  readonly payloadBytes: number
  readonly depth: number
  readonly pending: number
}

/** A stream laid out for some cells. Its supplies are used up by them. */
export interface Scene extends SceneSize {
  readonly stream: string
  readonly group: string
  readonly value: string
  /** Keys with values, for SET and GET. */
  readonly keys: readonly string[]
  /** IDs that are pending and not yet acknowledged. */
  readonly pendingIds: string[]
  /** Entries that the next trim leaves. */
  trimTo: number
}

const BATCH_ENTRIES = 500
const PAGE = 1_000
const KEYS = 100

/** Lays it out from nothing: entries by the append, pending ones by reading them. */
export async function layOutScene(
  redis: Redis,
  stream: string,
  size: SceneSize,
  signal: AbortSignal,
): Promise<Scene> {
  const value = 'event '.repeat(size.payloadBytes).slice(0, size.payloadBytes)
  const group = 'group-1'
  const keys = Array.from({ length: KEYS }, (_, index) => `${stream}:key:${index}`)
  await clearScene(redis, stream)
  await redis.mset(keys.flatMap((key) => [key, value]))
  await redis.xgroup('CREATE', stream, group, '0', 'MKSTREAM')
  await fill(redis, stream, value, size.depth, signal)
  const pendingIds: string[] = []
  while (pendingIds.length < size.pending) {
    signal.throwIfAborted()
    const from = ['STREAMS', stream, '>'] as const
    const reply = (await redis.xreadgroup('GROUP', group, 'consumer', 'COUNT', PAGE, ...from)) as
      | [string, unknown][]
      | null
    const page = toDelivered(reply?.[0]?.[1] ?? [])
    if (page.length === 0) break
    for (const { id } of page) pendingIds.push(id)
  }
  return { ...size, stream, group, value, keys, pendingIds, trimTo: size.depth }
}

/** Removes every key that a scene may have left; there is a bounded number of them, all named here. */
export async function clearScene(redis: Redis, stream: string): Promise<void> {
  const keys = Array.from({ length: KEYS }, (_, index) => `${stream}:key:${index}`)
  const cursors = Array.from({ length: MOST_CLIENTS }, (_, index) => clientCursor(stream, index))
  await redis.unlink(stream, cursorKey(stream, 'load'), ...keys, ...cursors)
}

export const MOST_CLIENTS = 64

/** Every client appends for a relay of its own: batches of one relay follow each other. */
export function clientCursor(stream: string, client: number): string {
  return cursorKey(stream, `client-${client}`)
}

async function fill(
  redis: Redis,
  stream: string,
  value: string,
  entries: number,
  signal: AbortSignal,
): Promise<void> {
  const append = createAppend(redis, { stream, cursor: cursorKey(stream, 'load'), highWater: entries + 1 })
  for (let from = 0; from < entries; from += BATCH_ENTRIES) {
    signal.throwIfAborted()
    const upTo = Math.min(entries, from + BATCH_ENTRIES)
    const commits = Array.from({ length: upTo - from }, (_, at) => ({ seq: from + at + 1, values: [value] }))
    const reply = await append({ fields: [EVENT_FIELD], commits, after: from || null, upTo })
    if (reply.outcome === 'appended') continue
    const says = 'says' in reply ? reply.says : reply.outcome
    throw new DependencyError(`Redis refused an entry to measure with: ${says}; ask for a smaller --depth`)
  }
}
