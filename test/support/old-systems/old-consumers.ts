import type { Redis } from 'ioredis'
import { z } from 'zod'

/** Reads what is new as an old system did; one line per change: `seq did action path cid`, as far as it is told. */
export type OldConsumer = (redis: Redis) => Promise<string[]>

/** Typed structures, as the old consumers have them: what does not fit would not have been read. */
const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)))
const head = { seq: z.int(), time, did: z.string() }
const place = { ...head, commit: z.string(), rev: z.string(), collection: z.string(), rkey: z.string() }
const written = { ...place, cid: z.string(), record: z.record(z.string(), z.unknown()) }
const changes = [
  z.object({ type: z.literal(['create', 'update']), ...written }),
  z.object({ type: z.literal('delete'), ...place, cid: z.null().default(null) }),
] as const
const identity = { type: z.literal('identity'), ...head }
const account = { type: z.literal('account'), ...head, active: z.boolean() }

const RSKY_EVENT = z.union([
  ...changes,
  z.object({ ...identity, handle: z.string().nullable() }),
  z.object({ ...account, status: z.enum(['Takendown', 'Suspended', 'Deleted', 'Deactivated']).nullable() }),
])

const DIVY_EVENT = z.union([
  ...changes,
  z.object({ ...identity, handle: z.string().optional() }),
  z.object({ ...account, status: z.enum(['takendown', 'suspended', 'deleted', 'deactivated']).optional() }),
])

const PUBLICAPPVIEW_DATA = z.union([
  z.object({
    repo: z.string(),
    ops: z.array(
      z.union([
        z.object({
          action: z.literal(['create', 'update']),
          path: z.string(),
          cid: z.string(),
          record: z.object(),
        }),
        z.object({ action: z.literal('delete'), path: z.string(), cid: z.null().default(null) }),
      ]),
    ),
  }),
  z.object({ did: z.string(), handle: z.string().nullable() }),
  z.object({ did: z.string(), active: z.boolean() }),
])

/** Acknowledges, then deletes: two round trips per entry. */
const rsky: OldConsumer = async (redis) => {
  const lines: string[] = []
  for (const [id, fields] of await readNew(redis, 'firehose_live', 'firehose_group')) {
    lines.push(toLine(RSKY_EVENT.parse(JSON.parse(fields[fields.indexOf('event') + 1] ?? ''))))
    await redis.xack('firehose_live', 'firehose_group', id)
    await redis.xdel('firehose_live', id)
  }
  return lines
}

/** Acknowledges and deletes in one pipeline. */
const divy: OldConsumer = async (redis) => {
  const lines: string[] = []
  for (const [id, fields] of await readNew(redis, 'firehose_live', 'firehose_group')) {
    lines.push(toLine(DIVY_EVENT.parse(JSON.parse(fields[fields.indexOf('event') + 1] ?? ''))))
    await redis.pipeline().xack('firehose_live', 'firehose_group', id).xdel('firehose_live', id).exec()
  }
  return lines
}

/** Reads by place, acknowledges, and removes nothing ever. */
const publicappview: OldConsumer = async (redis) => {
  const lines: string[] = []
  for (const [id, fields] of await readNew(redis, 'firehose:events', 'firehose-processors')) {
    const [type, text = '', seq] = [fields[1], fields[3], fields[5]]
    const data = PUBLICAPPVIEW_DATA.parse(JSON.parse(text))
    if ('repo' in data) {
      for (const { action, path, cid } of data.ops) lines.push(`${seq} ${data.repo} ${action} ${path} ${cid}`)
    } else lines.push(`${seq} ${data.did} ${type} ${'handle' in data ? data.handle : data.active}`)
    await redis.xack('firehose:events', 'firehose-processors', id)
  }
  return lines
}

async function readNew(redis: Redis, stream: string, group: string) {
  await redis.xgroup('CREATE', stream, group, '0', 'MKSTREAM').catch(() => {})
  const reply = await redis.xreadgroup('GROUP', group, 'the-old-one', 'COUNT', 500, 'STREAMS', stream, '>')
  return ((reply ?? []) as [string, [id: string, fields: string[]][]][]).flatMap(([, entries]) => entries)
}

function toLine(event: z.output<typeof RSKY_EVENT> | z.output<typeof DIVY_EVENT>): string {
  const { seq, did, type } = event
  if (event.type === 'identity') return `${seq} ${did} identity ${event.handle ?? null}`
  if (event.type === 'account') return `${seq} ${did} account ${event.active} ${event.status ?? null}`
  return `${seq} ${did} ${type} ${event.collection}/${event.rkey} ${event.cid}`
}

export const OLD_CONSUMERS = { divy, rsky, publicappview }
